import type { ApiError, ExplanationResponse } from '@app/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';

export interface WindowKey {
  device: string;
  bootId: string;
  window: number;
}

export type Explaining =
  | { state: 'none' }
  | { state: 'asking'; last: ExplanationResponse | null }
  | { state: 'here'; answer: ExplanationResponse }
  | { state: 'failed'; reason: string };

/** How long the station may take to answer, ms: it gives up itself after 5 s. */
const ANSWER_MS = 8_000;

/** Asks why a window has its number; only the last question counts. */
export function useExplanation(patient: string): [Explaining, (key: WindowKey) => void] {
  const [explaining, setExplaining] = useState<Explaining>({ state: 'none' });
  const leave = useRef<AbortController | null>(null);
  useEffect(() => () => leave.current?.abort(), []);
  const explain = useCallback(
    (key: WindowKey) => {
      leave.current?.abort();
      const abort = new AbortController();
      leave.current = abort;
      setExplaining((old) => ({ state: 'asking', last: old.state === 'here' ? old.answer : null }));
      void ask(patient, key, abort.signal).then((answer) => {
        if (!abort.signal.aborted) setExplaining(answer);
        return answer;
      });
    },
    [patient],
  );
  return [explaining, explain];
}

async function ask(
  patient: string,
  { device, bootId, window }: WindowKey,
  leave: AbortSignal,
): Promise<Explaining> {
  const query = new URLSearchParams({ device, bootId, window: String(window) });
  const address = `/api/patients/${encodeURIComponent(patient)}/explanation?${query}`;
  try {
    const signal = AbortSignal.any([leave, AbortSignal.timeout(ANSWER_MS)]);
    const response = await fetch(address, { signal });
    if (!response.ok) {
      const { message } = (await response.json()) as ApiError;
      return { state: 'failed', reason: message };
    }
    return { state: 'here', answer: (await response.json()) as ExplanationResponse };
  } catch {
    return { state: 'failed', reason: 'the station does not answer' };
  }
}
