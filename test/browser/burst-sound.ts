import FFT from 'fft.js';

/** One pulse of a rendered burst. */
export interface HeardPulse {
  startS: number;
  lengthS: number;
  /** Largest sample, 0 to 1. */
  peak: number;
  /** Its partials from 150 to 4000 Hz, lowest first: frequency, and level below the strongest, dB. */
  partials: { hz: number; db: number }[];
}

const BLOCK_S = 0.004;
/** A pulse is what is louder than this share of the loudest. */
const AUDIBLE = 0.1;
const FFT_SIZE = 32_768;
/** Weaker ones are the skirts of the window, dB. */
const HEARD_DB = -30;

/** Finds the pulses of a burst by ear: from the samples alone. */
export function pulsesOf(samples: readonly number[], sampleRateHz: number): HeardPulse[] {
  const block = Math.round(BLOCK_S * sampleRateHz);
  const levels = Array.from({ length: Math.floor(samples.length / block) }, (_, i) =>
    Math.max(...samples.slice(i * block, (i + 1) * block).map(Math.abs)),
  );
  const floor = AUDIBLE * Math.max(...levels);
  const pulses: HeardPulse[] = [];
  for (let i = 0; i < levels.length; i++) {
    if ((levels[i] ?? 0) < floor) continue;
    let end = i;
    // A pulse is no chain of blocks without a hole: its own wave passes through zero, its envelope does not.
    while ((levels[end] ?? 0) >= floor) end++;
    const own = samples.slice(i * block, end * block);
    pulses.push({
      startS: i * BLOCK_S,
      lengthS: (end - i) * BLOCK_S,
      peak: Math.max(...own.map(Math.abs)),
      partials: partialsOf(own, sampleRateHz),
    });
    i = end;
  }
  return pulses;
}

function partialsOf(
  samples: readonly number[],
  sampleRateHz: number,
): { hz: number; db: number }[] {
  const fft = new FFT(FFT_SIZE);
  const windowed = new Float64Array(2 * FFT_SIZE);
  samples.forEach((value, i) => {
    windowed[2 * i] = value * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (samples.length - 1)));
  });
  const spectrum = new Float64Array(2 * FFT_SIZE);
  fft.transform(spectrum, windowed);
  const size = Array.from({ length: FFT_SIZE / 2 }, (_, i) =>
    Math.hypot(spectrum[2 * i] ?? 0, spectrum[2 * i + 1] ?? 0),
  );
  const most = Math.max(...size);
  return size.flatMap((value, i) => {
    const hz = (i * sampleRateHz) / FFT_SIZE;
    const isPeak = value > (size[i - 1] ?? 0) && value >= (size[i + 1] ?? 0);
    const db = 20 * Math.log10(value / most);
    return isPeak && hz >= 150 && hz <= 4000 && db > HEARD_DB ? [{ hz, db }] : [];
  });
}
