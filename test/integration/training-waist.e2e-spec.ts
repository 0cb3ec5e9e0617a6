import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { loadModel } from '@app/inference';
import { WAIST_MODEL_INTERFACE } from '@app/vitals';
import { requirement } from '../requirements.js';

const ROOT = join(import.meta.dirname, '..', '..');

/** Resolves with everything that the training printed; rejects with it when it failed. */
function train(...options: string[]): Promise<string> {
  const datasets = process.env['VIGIL_DATASETS'] ?? '';
  const child = spawn(
    '/usr/bin/python3',
    ['-m', 'training.waist', datasets, '--smoke', ...options],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
  );
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

requirement('torch', 'datasets')('training of the waist network', () => {
  it('goes from recordings to a model folder that the program accepts and serves alike', async () => {
    const models = await mkdtemp(join(tmpdir(), 'vigil-training-waist-'));
    try {
      const printed = await train('--models', models);
      expect(printed).toContain('six classes on the test people');
      const slot = await loadModel(models, 'activity-waist/1.0.0', {
        wanted: WAIST_MODEL_INTERFACE,
      });
      if (slot.state !== 'ready') throw new Error(slot.fault.message);
      expect(slot.model.metadata.results.length).toBeGreaterThan(5);
      await slot.model.release();
    } finally {
      await rm(models, { recursive: true });
    }
  }, 240_000);
});
