import { describe } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { postgresPrograms } from './servers/postgres.js';

/** What some tests need beyond npm packages. */
const CHECKS = {
  influxd: () => isOnPath('influxd'),
  mosquitto_pub: () => isOnPath('mosquitto_pub'),
  postgresql: () => postgresPrograms() !== null,
  chromium: () => existsSync(CHROMIUM),
  /** The public recordings, unpacked: docs/data.md says where their authors publish them. */
  datasets: () => existsSync(process.env['VIGIL_DATASETS'] ?? ''),
  /** Python with PyTorch, for the training's smoke run. */
  torch: () => spawnSync('/usr/bin/python3', ['-c', 'import torch, onnx, scipy']).status === 0,
} as const;

export const CHROMIUM = process.env['VIGIL_CHROMIUM'] ?? '/usr/bin/chromium';

export type Requirement = keyof typeof CHECKS;

/**
 * `describe`, when the machine has all that is named. Otherwise the tests are skipped and say so; with
 * VIGIL_REQUIRE_ALL=1, as in CI, they fail instead.
 */
export function requirement(...names: Requirement[]): (name: string, body: () => void) => void {
  const missing = names.filter((name) => !CHECKS[name]());
  if (missing.length === 0) return describe;
  const lack = `this machine lacks ${missing.join(', ')}`;
  if (process.env['VIGIL_REQUIRE_ALL'] === '1') {
    throw new Error(`${lack}, and VIGIL_REQUIRE_ALL=1 allows no skipped test`);
  }
  process.stderr.write(`SKIPPED: ${lack}\n`);
  return (name, body) => describe.skip(`${name} (skipped: ${lack})`, body);
}

function isOnPath(program: string): boolean {
  return spawnSync('which', [program]).status === 0;
}
