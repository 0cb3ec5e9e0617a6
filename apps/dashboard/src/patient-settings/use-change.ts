import type { PatientRecord } from '@app/contracts';
import { useEffect, useState } from 'react';
import { type Method, apiPath, request } from '../api/request.js';
import { useAction } from '../api/use-action.js';

export interface Change {
  busy: boolean;
  problem: string | null;
  /** What was done last; null before, and again after a moment. */
  done: string | null;
  /** @param words what to say when it is done */
  change: (
    words: string,
    method: Method,
    path: readonly string[],
    body?: unknown,
  ) => Promise<boolean>;
}

/** How long it is said that something is done, ms. */
const SAID_MS = 6000;

/** One kind of change to a patient: asks the station, hands on its answer, says what came of it. */
export function useChange(patient: string, onChanged: (record: PatientRecord) => void): Change {
  const { busy, problem, run } = useAction();
  const [done, setDone] = useState<string | null>(null);
  useEffect(() => {
    if (done === null) return;
    const timer = setTimeout(() => setDone(null), SAID_MS);
    return () => clearTimeout(timer);
  }, [done]);
  return {
    busy,
    problem,
    done,
    change: async (words, method, path, body) => {
      setDone(null);
      const answer = await run(() =>
        request<PatientRecord>(method, apiPath('patients', patient, ...path), body),
      );
      if (answer === null) return false;
      setDone(words);
      onChanged(answer.value);
      return true;
    },
  };
}
