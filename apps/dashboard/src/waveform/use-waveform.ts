import type { WaveformResponse } from '@app/contracts';
import { useEffect, useRef } from 'react';
import { readClocks } from '../clocks.js';
import { useStation } from '../app/use-station.js';
import { type Playhead, arrived } from './playhead.js';
import { WaveformBuffer } from './waveform-buffer.js';

/** A running signal: what has arrived, and which moment of it is now. Changes without telling React. */
export interface Running {
  readonly buffer: WaveformBuffer;
  playhead: Playhead | null;
}

const PREFILL_MS = 12_000;
/** So long live samples wait for the past at most, ms. */
const PAST_MS = 5_000;
/** Asked for too: what comes while the question is on its way, ms. */
const AHEAD_MS = 5_000;
/** Live pieces that wait for the past, a second each; more would be older than what is drawn. */
const WAITING_MAX = 60;

type Piece = Parameters<WaveformBuffer['push']>[0];

/** Watches one patient's samples, the last seconds before included. */
export function useWaveform(patient: string): Running {
  const station = useStation();
  const running = useRef<Running>({ buffer: new WaveformBuffer(), playhead: null });
  useEffect(() => {
    const leave = new AbortController();
    const { current } = running;
    const take = (piece: Piece) => {
      current.buffer.push(piece);
      const { endS } = current.buffer;
      if (endS !== null) {
        current.playhead = arrived(current.playhead, endS, readClocks().monotonicMs / 1000);
      }
    };
    // Watched before the past is read, so that nothing between them is lost; taken after it, so that all is in order.
    let waiting: Piece[] | null = [];
    const unwatch = station.watch(patient, (piece) => {
      if (waiting === null) take(piece);
      else if (waiting.length < WAITING_MAX) waiting.push(piece);
    });
    const begin = async () => {
      const segments = await readPast(patient, station.serverNowMs(), leave.signal);
      if (leave.signal.aborted) return;
      for (const segment of segments) take({ ...segment, dropped: 0 });
      const came = waiting ?? [];
      waiting = null;
      for (const piece of came) take(piece);
    };
    void begin();
    return () => {
      leave.abort();
      unwatch();
    };
  }, [station, patient]);
  return running.current;
}

async function readPast(
  patient: string,
  nowMs: number | null,
  signal: AbortSignal,
): Promise<WaveformResponse['segments']> {
  if (nowMs === null) return [];
  const query = new URLSearchParams({
    from: String(Math.floor(nowMs - PREFILL_MS)),
    to: String(Math.ceil(nowMs + AHEAD_MS)),
  });
  try {
    const address = `/api/patients/${encodeURIComponent(patient)}/waveform?${query}`;
    const within = AbortSignal.any([signal, AbortSignal.timeout(PAST_MS)]);
    const response = await fetch(address, { signal: within });
    return response.ok ? ((await response.json()) as WaveformResponse).segments : [];
  } catch {
    // The trace then begins with the live samples.
    return [];
  }
}
