import { registerHooks } from 'node:module';

// From source (under Jest) Node strips the types itself, but does not look for x.ts when x.js is imported.
if (import.meta.url.endsWith('.ts')) {
  registerHooks({
    resolve: (specifier, context, next) =>
      next(/^\.\.?\//.test(specifier) ? specifier.replace(/\.js$/, '.ts') : specifier, context),
  });
}

const { runWriterThread } = await import('./writer-thread.js');
runWriterThread();
