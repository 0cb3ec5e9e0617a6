import type { Settings } from '../settings.js';
import { checkCertificate } from './check-certificate.js';
import { checkClock } from './check-clock.js';
import { checkDisk } from './check-disk.js';
import { checkModels } from './check-models.js';
import { checkPorts } from './check-ports.js';
import { checkStores } from './check-stores.js';
import { checkVersions } from './check-versions.js';
import { type Check, type Finding, problem } from './finding.js';

const CHECKS: Readonly<Record<string, Check>> = {
  versions: checkVersions,
  disk: checkDisk,
  certificate: checkCertificate,
  ports: checkPorts,
  clock: checkClock,
  models: checkModels,
  stores: checkStores,
};

/** Looks at everything that the station needs, whether it runs or not. Changes nothing. A check that fails is a finding itself. */
export async function examine(settings: Settings): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [name, check] of Object.entries(CHECKS)) {
    try {
      findings.push(...(await check(settings)));
    } catch (error) {
      findings.push(
        problem(name, `could not be looked at: ${(error as Error).message}`, 'report it'),
      );
    }
  }
  return findings;
}

const MARKS = { good: 'ok  ', warning: 'warn', problem: 'BAD ' } as const;

/** One line for each finding, and what to do below it. */
export function report(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ what }) => what.length));
  const lines = findings.flatMap(({ what, verdict, says, todo }) => [
    `${MARKS[verdict]}  ${what.padEnd(width)}  ${says}`,
    ...(todo === '' ? [] : [`${' '.repeat(width + 6)}  → ${todo}`]),
  ]);
  const bad = findings.filter(({ verdict }) => verdict === 'problem').length;
  const warned = findings.filter(({ verdict }) => verdict === 'warning').length;
  const last =
    bad + warned === 0
      ? 'All is well.'
      : `${counted(bad, 'problem')}, ${counted(warned, 'warning')}.`;
  return `${[...lines, '', last].join('\n')}\n`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
