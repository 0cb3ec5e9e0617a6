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

const RATE_HZ = 50;
const WAVELENGTH_NM = 525;
/** Added by the recorder to remove the sign. */
const ACCELERATION_ZERO = 32768;
/** Not documented: the median length of the acceleration in the first 30 s, at rest, is 4100 to 4250 in most files of both sets. */
const ACCELERATION_PER_G = 4150;

const SOURCE =
  'BAMI (Chung et al. 2020, https://ieeexplore.ieee.org/document/9042276; Lee et al. 2018, https://ieeexplore.ieee.org/document/8529266): published labels bpm_ecg per 8 s window from a chest ECG. ' +
  'The labels of BAMI-1 are close to the instantaneous rate at the start of the window, and the clocks of ECG and PPG differ by 1 to 3 s in most files; taken as they are.';

/** The 48 recordings of BAMI-1 and BAMI-2, in their authors' layout. */
export function bamiRecordings(folder: string): RecordingFile[] {
  const files: RecordingFile[] = [];
  for (const part of ['BAMI-1', 'BAMI-2']) {
    if (!existsSync(join(folder, part))) continue;
    const names = readdirSync(join(folder, part)).filter((name) =>
      /^BAMI[12]_\d+\.mat$/.test(name),
    );
    for (const name of names.toSorted((a, b) => numberOf(a) - numberOf(b))) {
      const device = `bami-${basename(name, '.mat')}`;
      const file = join(folder, part, name);
      files.push({ device, read: () => recording(file, device) });
    }
  }
  if (files.length === 0) {
    throw new DataSetError(`${folder} holds no BAMI-1/*.mat or BAMI-2/*.mat`);
  }
  return files;
}

function recording(file: string, device: string): PublicRecording {
  const matrices = readMatFile(readFileSync(file));
  const light = matrixNamed(file, matrices, 'rawPPG');
  const acceleration = matrixNamed(file, matrices, 'rawAcc');
  const windows = windowsOf(matrixNamed(file, matrices, 'bpm_ecg'));
  return {
    device,
    blocks: [
      ppgBlock(RATE_HZ, 1, WAVELENGTH_NM, integerRows(light, [0, 1, 2], 1)),
      accelerometerBlock(
        RATE_HZ,
        1 / ACCELERATION_PER_G,
        integerRows(acceleration, [0, 1, 2], 1, ACCELERATION_ZERO),
      ),
    ],
    reference: { source: SOURCE, windows: windows.slice(firstLabelIsHalf(device) ? 1 : 0) },
  };
}

/** The first label of these six is half the true rate (37 to 47 BPM, then a jump of 41 to 52 BPM). */
function firstLabelIsHalf(device: string): boolean {
  return /^bami-BAMI2_(7|8|9|10|11|12)$/.test(device);
}

function numberOf(name: string): number {
  return Number(/_(\d+)/.exec(name)?.[1]);
}
