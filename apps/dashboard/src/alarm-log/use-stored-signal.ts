import type { AlarmEvent, WaveformResponse } from '@app/contracts';
import { useEffect, useState } from 'react';
import { apiPath, request } from '../api/request.js';
import { useStation } from '../app/use-station.js';
import { type StoredSignal, storedSignal } from './stored-signal.js';

export type SignalReading =
  | { state: 'reading' }
  | { state: 'here'; signal: StoredSignal }
  /** Too old: the journal does not keep it any more. */
  | { state: 'gone' }
  /** The alarm is about no signal, or comes from a version that did not write where it is. */
  | { state: 'none' }
  | { state: 'failed'; reason: string };

/** The last seconds of the range come after the alarm: asked for again until then, ms. */
const AGAIN_MS = 2500;
const COMPLETE_AFTER_MS = 20_000;

/** The signal around an alarm, read once it is looked at. */
export function useStoredSignal(event: AlarmEvent): [SignalReading, () => void] {
  const station = useStation();
  const [reading, setReading] = useState<SignalReading>({ state: 'reading' });
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    const leave = new AbortController();
    let timer = 0;
    const read = async () => {
      const next = await readSignal(event, leave.signal);
      if (leave.signal.aborted) return;
      setReading(next);
      const nowMs = station.serverNowMs();
      const young = nowMs !== null && nowMs - event.atMs < COMPLETE_AFTER_MS;
      if (young && next.state !== 'none') timer = window.setTimeout(() => void read(), AGAIN_MS);
    };
    setReading({ state: 'reading' });
    void read();
    return () => {
      leave.abort();
      clearTimeout(timer);
    };
    // An event never changes: its id is enough.
  }, [station, event.id, asked]);
  return [reading, () => setAsked((n) => n + 1)];
}

async function readSignal(event: AlarmEvent, leave: AbortSignal): Promise<SignalReading> {
  const { patient, id, samples } = event;
  if (!samples) return { state: 'none' };
  const path = apiPath('patients', patient, 'alarms', id, 'signal');
  const answer = await request<WaveformResponse>('GET', path, undefined, leave);
  if (!answer.ok) {
    return answer.status === 404 ? { state: 'gone' } : { state: 'failed', reason: answer.message };
  }
  const signal = storedSignal(answer.value, event, samples);
  return signal === null ? { state: 'gone' } : { state: 'here', signal };
}
