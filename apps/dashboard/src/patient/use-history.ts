import type { ApiError, HistoryResponse } from '@app/contracts';
import { useEffect, useState } from 'react';
import { useStation } from '../app/use-station.js';
import type { TrendRange } from './trend.js';

export type History =
  | { state: 'loading' }
  | { state: 'here'; history: HistoryResponse }
  /** What was read before stays, where there is any. */
  | { state: 'away'; reason: string; history: HistoryResponse | null };

/** How long the station may take to answer, ms. */
const ANSWER_MS = 10_000;

/** The trend of one patient, read again and again while it is looked at. */
export function useHistory(patient: string, range: TrendRange): History {
  const station = useStation();
  const [history, setHistory] = useState<History>({ state: 'loading' });
  useEffect(() => {
    const leave = new AbortController();
    let timer = 0;
    setHistory({ state: 'loading' });
    const read = async () => {
      const toMs = station.serverNowMs();
      if (toMs !== null) {
        const answer = await readHistory(patient, range, toMs, leave.signal);
        if (leave.signal.aborted) return;
        setHistory((old) =>
          answer.state === 'away' && old.state !== 'loading'
            ? { ...answer, history: old.history }
            : answer,
        );
      }
      timer = window.setTimeout(read, toMs === null ? 500 : range.refreshMs);
    };
    void read();
    return () => {
      leave.abort();
      clearTimeout(timer);
    };
  }, [station, patient, range]);
  return history;
}

async function readHistory(
  patient: string,
  { spanMs, bucketMs }: TrendRange,
  nowMs: number,
  leave: AbortSignal,
): Promise<Exclude<History, { state: 'loading' }>> {
  // Whole buckets only: a bucket that is still filling would end every trend with a false step.
  const toMs = Math.floor(nowMs / bucketMs) * bucketMs;
  const query = new URLSearchParams({
    from: String(toMs - spanMs),
    to: String(toMs),
    bucket: String(bucketMs),
  });
  const address = `/api/patients/${encodeURIComponent(patient)}/history?${query}`;
  try {
    const signal = AbortSignal.any([leave, AbortSignal.timeout(ANSWER_MS)]);
    const response = await fetch(address, { signal });
    if (!response.ok) {
      const { message } = (await response.json()) as ApiError;
      return { state: 'away', reason: message, history: null };
    }
    return { state: 'here', history: (await response.json()) as HistoryResponse };
  } catch {
    return { state: 'away', reason: 'the station does not answer', history: null };
  }
}
