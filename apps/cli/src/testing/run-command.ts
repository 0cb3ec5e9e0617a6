import { execFile } from 'node:child_process';

const FROM_SOURCE = new URL(
  '../../../../libs/journal/src/testing/from-source.mjs',
  import.meta.url,
);
const USAGE = new URL('../flags/usage-error.ts', import.meta.url);
const FLAGS = ['--no-warnings', '--experimental-transform-types', '--import', FROM_SOURCE.href];

export interface Ended {
  code: number;
  out: string;
  err: string;
}

/**
 * Runs one command of `vigil` from source, in a process of its own.
 * @param file its module, relative to `apps/cli/src`.
 * @param name the function of that module that makes the command.
 */
export function commandRunner(
  file: string,
  name: string,
  environment: NodeJS.ProcessEnv = {},
): (...args: string[]) => Promise<Ended> {
  const program = `
    const { ${name} } = await import(${JSON.stringify(new URL(`../${file}`, import.meta.url).href)});
    const { endOnWrongUsage } = await import(${JSON.stringify(USAGE.href)});
    await endOnWrongUsage(${name}()).parseAsync(process.argv.slice(1), { from: 'user' }).catch((error) => {
      process.stderr.write(error.message);
      process.exit(1);
    });`;
  return (...args) =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        [...FLAGS, '--input-type=module', '--eval', program, '--', ...args],
        { env: { ...process.env, NODE_OPTIONS: '', ...environment } },
        (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
      );
    });
}
