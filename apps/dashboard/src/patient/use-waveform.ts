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

/** Watches one patient's samples, the last seconds before included. */
export function useWaveform(patient: string): Running {
  const station = useStation();
  const running = useRef<Running>({ buffer: new WaveformBuffer(), playhead: null });
  useEffect(() => {
    const leave = new AbortController();
    const { current } = running;
    const take = (piece: Parameters<WaveformBuffer['push']>[0]) => {
      current.buffer.push(piece);
      const { endS } = current.buffer;
      if (endS !== null) {
        current.playhead = arrived(current.playhead, endS, readClocks().monotonicMs / 1000);
      }
    };
    let unwatch: (() => void) | null = null;
    // First the past, then the live samples: the other way round they would have to be sorted.
    const begin = async () => {
      const segments = await readPast(patient, station.serverNowMs(), leave.signal);
      if (leave.signal.aborted) return;
      for (const segment of segments) take({ ...segment, dropped: 0 });
      unwatch = station.watch(patient, take);
    };
    void begin();
    return () => {
      leave.abort();
      unwatch?.();
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
    to: String(Math.ceil(nowMs)),
  });
  try {
    const address = `/api/patients/${encodeURIComponent(patient)}/waveform?${query}`;
    const response = await fetch(address, { signal });
    return response.ok ? ((await response.json()) as WaveformResponse).segments : [];
  } catch {
    // The trace then begins with the live samples.
    return [];
  }
}
