import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { loadModel } from '@app/inference';
import { HEART_RATE_MODEL_INTERFACE } from '@app/vitals';
import { requirement } from '../requirements.js';

const ROOT = join(import.meta.dirname, '..', '..');

/** Resolves with everything that the training printed; rejects with it when it failed. */
function train(...options: string[]): Promise<string> {
  const datasets = process.env['VIGIL_DATASETS'] ?? '';
  const child = spawn('/usr/bin/python3', ['-m', 'training.heart_rate', datasets, ...options], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => (printed += text));
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(printed) : reject(new Error(printed))));
  });
}

requirement('torch', 'datasets')('training of the heart-rate network', () => {
  it('goes from recordings to a model folder whose answers training can foretell', async () => {
    const models = await mkdtemp(join(tmpdir(), 'vigil-training-'));
    try {
      const printed = await train('--smoke', '--models', models);
      // it fails by itself when the served chain and training's evaluation are further apart
      const apart = [...printed.matchAll(/at most ([\d.]+) BPM apart/g)].map(([, bpm]) =>
        Number(bpm),
      );
      expect(apart).toHaveLength(2);
      expect(Math.max(...apart)).toBeLessThan(0.1);
      const slot = await loadModel(models, 'hr-bami/1.0.0', { wanted: HEART_RATE_MODEL_INTERFACE });
      if (slot.state !== 'ready') throw new Error(slot.fault.message);
      expect(slot.model.metadata.parameters).toBeLessThanOrEqual(100_000);
      expect(slot.model.metadata.multiplyAdds).toBeLessThanOrEqual(8_000_000);
      await slot.model.release();
    } finally {
      await rm(models, { recursive: true });
    }
  }, 240_000);
});
