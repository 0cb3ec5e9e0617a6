import { registerHooks } from 'node:module';

/**
 * `node --experimental-transform-types --import from-source.mjs program.ts` runs a program of this repository from source:
 * for specs that need a second operating system process.
 */
const root = new URL('../../../../', import.meta.url);

registerHooks({
  resolve(specifier, context, next) {
    const lib = /^@app\/([a-z]+)$/.exec(specifier)?.[1];
    if (lib !== undefined) return next(new URL(`libs/${lib}/src/index.ts`, root).href, context);
    const isSource = specifier.startsWith('.') && context.parentURL?.endsWith('.ts');
    return next(isSource ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
