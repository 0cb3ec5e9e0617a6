import { type Frame, decodeFrame, decodeInput } from '@app/contracts';
import { readExport } from '@app/journal';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededFrames } from '../parity/seeded-wearable.js';
import { vigil } from '../servers/vigil.js';

/** Treadmill and arm exercises, and both devices of the running set. */
const REAL = {
  spc: ['spc-DATA_04_TYPE02', 'spc-TEST_S08_T01'],
  bami: ['bami-BAMI1_2', 'bami-BAMI2_12'],
} as const;

/** Public recordings of real wrists, unpacked under VIGIL_DATASETS. */
export async function realRecordings(): Promise<Frame[][]> {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-explain-'));
  try {
    for (const [set, names] of Object.entries(REAL)) {
      const { code, stderr } = await vigil('convert', set, '--out', folder, '--only', ...names);
      if (code !== 0) throw new Error(`vigil convert ${set}: ${stderr}`);
    }
    return await Promise.all(
      Object.values(REAL)
        .flat()
        .map((name) => framesOf(join(folder, `${name}.vigil`))),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Pulses that wander under arms that swing now and then. */
export function seededRecordings(): Frame[][] {
  return [1, 2, 3].map((seed) => seededFrames({ device: `seeded-${seed}`, seed, seconds: 240 }));
}

async function framesOf(path: string): Promise<Frame[]> {
  const { records } = await readExport(path);
  const frames: Frame[] = [];
  for await (const { value } of records) {
    const input = decodeInput(value);
    if (input.type !== 'frame') continue;
    const decoded = decodeFrame(input.frame);
    if (decoded.ok) frames.push(decoded.frame);
  }
  return frames;
}
