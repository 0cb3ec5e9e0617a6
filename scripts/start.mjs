/** `npm start`: a station with a ward of twelve simulated patients. */
process.argv.splice(2, 0, 'demo');
await import('./vigil.mjs');
