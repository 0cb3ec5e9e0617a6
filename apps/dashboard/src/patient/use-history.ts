import type { HistoryResponse } from '@app/contracts';
import { useEffect, useState } from 'react';
import { staysAfter } from '../api/kept.js';
import { apiPath, request } from '../api/request.js';
import { useSettled } from '../api/use-settled.js';
import { useStation } from '../app/use-station.js';
import { type TrendView, askedRange } from './trend-view.js';

export interface History {
  /** What was read last, which need not be what is looked at; null before the first answer. */
  past: HistoryResponse | null;
  /** Whether what is looked at is still to come. */
  reading: boolean;
  /** Why the last attempt failed; null when it did not. */
  problem: string | null;
}

/** While somebody zooms or moves nothing is asked, ms. */
const SETTLED_MS = 200;
/** What follows the clock is read again with every bucket, within these bounds, ms. */
const REFRESH_MIN_MS = 4000;
const REFRESH_MAX_MS = 60_000;
/** Before the station's clock is known, ms. */
const CLOCK_MS = 500;

/** The trend of one patient and its alarms, read again and again while it is looked at. */
export function useHistory(patient: string, view: TrendView): History {
  const station = useStation();
  const asked = useSettled(view, SETTLED_MS);
  const [history, setHistory] = useState<History>({ past: null, reading: true, problem: null });
  useEffect(() => {
    const leave = new AbortController();
    let timer = 0;
    setHistory((old) => ({ ...old, reading: true }));
    const read = async () => {
      const nowMs = station.serverNowMs();
      if (nowMs === null) {
        timer = window.setTimeout(() => void read(), CLOCK_MS);
        return;
      }
      const { fromMs, toMs, bucketMs } = askedRange(asked, nowMs);
      const answer = await request<HistoryResponse>(
        'GET',
        pathOf(patient, fromMs, toMs, bucketMs),
        undefined,
        leave.signal,
      );
      if (leave.signal.aborted) return;
      setHistory((old) =>
        answer.ok
          ? { past: answer.value, reading: false, problem: null }
          : {
              past: staysAfter(answer.status) ? old.past : null,
              reading: false,
              problem: answer.message,
            },
      );
      // What is past changes too: a backlog is written into it.
      const refreshMs = asked.endMs === null ? bucketMs : REFRESH_MAX_MS;
      timer = window.setTimeout(
        () => void read(),
        Math.min(REFRESH_MAX_MS, Math.max(REFRESH_MIN_MS, refreshMs)),
      );
    };
    void read();
    return () => {
      leave.abort();
      clearTimeout(timer);
    };
  }, [station, patient, asked]);
  return { ...history, reading: history.reading || asked !== view };
}

function pathOf(patient: string, fromMs: number, toMs: number, bucketMs: number): string {
  const query = new URLSearchParams({
    from: String(fromMs),
    to: String(toMs),
    bucket: String(bucketMs),
  });
  return `${apiPath('patients', patient, 'history')}?${query}`;
}
