import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../platform/package-root.js';
import { type Finding, good, problem } from './finding.js';

/** `node:sqlite` without a flag, and what the libraries ask for. */
const LEAST_NODE = 24;

export async function checkVersions(): Promise<Finding[]> {
  const text = await readFile(join(packageRoot(), 'package.json'), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  const says = `Vigil ${version} on Node ${process.versions.node}, ${process.platform} ${process.arch}`;
  return [
    Number(process.versions.node.split('.')[0]) >= LEAST_NODE
      ? good('versions', says)
      : problem(
          'versions',
          `${says}: it needs Node ${LEAST_NODE}`,
          'start it with npm run vigil, which brings its own Node',
        ),
  ];
}
