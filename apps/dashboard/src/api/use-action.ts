import { useCallback, useRef, useState } from 'react';
import type { Answer } from './request.js';

export interface Action {
  busy: boolean;
  /** The station's sentence, when the last attempt failed. */
  problem: string | null;
  /** Does it, unless it is being done. @returns the value, or null when it failed or was under way already. */
  run: <T>(attempt: () => Promise<Answer<T>>) => Promise<{ value: T } | null>;
  clear: () => void;
}

/** One thing that a button starts: it runs once at a time, and says what came of it. */
export function useAction(): Action {
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = useCallback(async <T>(attempt: () => Promise<Answer<T>>) => {
    if (running.current) return null;
    running.current = true;
    setBusy(true);
    setProblem(null);
    const answer = await attempt();
    running.current = false;
    setBusy(false);
    if (answer.ok) return { value: answer.value };
    setProblem(answer.message);
    return null;
  }, []);
  const clear = useCallback(() => setProblem(null), []);
  return { busy, problem, run, clear };
}
