import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readMatFile } from './mat-file.js';
import {
  accelerometerBlock,
  DataSetError,
  integerRows,
  matrixNamed,
  ppgBlock,
  windowsOf,
  type PublicRecording,
  type RecordingFile,
} from './public-recording.js';

const RATE_HZ = 125;
/** The published values are multiples of these. */
const PPG_SCALE = 0.5;
const ACCELERATION_SCALE_G = 0.0078;
/** As the data set's readme says. */
const WAVELENGTH_NM = 609;

const SOURCE =
  'IEEE Signal Processing Cup 2015 (TROIKA, doi:10.1109/TBME.2014.2359372): published labels, mean heart rate of each 8 s window from a chest ECG';

/** The 23 recordings of the Signal Processing Cup 2015, in its authors' layout. */
export function spcRecordings(folder: string): RecordingFile[] {
  const names = readdirSync(folder)
    .filter((name) => /^(DATA_\d\d_TYPE\d\d|DATA_S04_T01|TEST_S\d\d_T\d\d)\.mat$/.test(name))
    .toSorted();
  if (names.length === 0) throw new DataSetError(`${folder} holds no DATA_*.mat or TEST_*.mat`);
  return names.map((file) => {
    const name = basename(file, '.mat');
    const device = `spc-${name}`;
    return { device, read: () => recording(folder, name, device) };
  });
}

function recording(folder: string, name: string, device: string): PublicRecording {
  const file = join(folder, `${name}.mat`);
  const signals = matrixNamed(file, readMatFile(readFileSync(file)), 'sig');
  // six rows begin with the ECG, which no wearable has
  const first = signals.rows - 5;
  if (first !== 0 && first !== 1) throw new DataSetError(`${file}: sig has ${signals.rows} rows`);
  const labels = labelFile(folder, name);
  return {
    device,
    blocks: [
      ppgBlock(
        RATE_HZ,
        PPG_SCALE,
        WAVELENGTH_NM,
        integerRows(signals, [first, first + 1], PPG_SCALE),
      ),
      accelerometerBlock(
        RATE_HZ,
        ACCELERATION_SCALE_G,
        integerRows(signals, [first + 2, first + 3, first + 4], ACCELERATION_SCALE_G),
      ),
    ],
    reference: {
      source: SOURCE,
      windows: windowsOf(matrixNamed(labels, readMatFile(readFileSync(labels)), 'BPM0')),
    },
  };
}

function labelFile(folder: string, name: string): string {
  const candidates = [
    `${name}_BPMtrace.mat`,
    name.replace('TEST_', 'True_') + '.mat',
    name.replace('DATA_', 'BPM_') + '.mat',
  ].filter((candidate) => candidate !== `${name}.mat`);
  const found = candidates.find((candidate) => existsSync(join(folder, candidate)));
  if (found === undefined) throw new DataSetError(`${folder}: no labels for ${name}`);
  return join(folder, found);
}
