import { config } from 'zod';

// The page's content security policy forbids making code from strings; without this zod would try, and the browser report it.
// Imported before anything that makes a schema, by whoever uses one.
config({ jitless: true });
