import { useCallback, useEffect, useRef, useState } from 'react';
import { staysAfter } from './kept.js';
import { request } from './request.js';

export interface Resource<T> {
  /** Null before the first answer. What was read stays while a later attempt fails, unless it was refused. */
  value: T | null;
  /** Why the last attempt failed; null when it did not. */
  problem: string | null;
  loading: boolean;
  reload: () => void;
  /** Takes the answer of a change, which is the newest there is. */
  put: (value: T) => void;
}

/** Colleagues change things too, ms. */
const REFRESH_MS = 15_000;

/**
 * What a path answers, read again now and then. `null`: nothing to read.
 * @param version anything whose change means that the station has something new
 * @param refreshMs from an answer to the next question
 */
export function useResource<T>(
  path: string | null,
  version: unknown = null,
  refreshMs = REFRESH_MS,
): Resource<T> {
  const [state, setState] = useState<{ path: string | null; value: T | null }>({
    path,
    value: null,
  });
  const [problem, setProblem] = useState<string | null>(null);
  const [loading, setLoading] = useState(path !== null);
  const [asked, setAsked] = useState(0);
  /** Answers to questions from before the last change are old. */
  const turn = useRef(0);
  useEffect(() => {
    if (path === null) return;
    const leave = new AbortController();
    const mine = ++turn.current;
    setLoading(true);
    let timer = 0;
    const read = async () => {
      const answer = await request<T>('GET', path, undefined, leave.signal);
      if (leave.signal.aborted || mine !== turn.current) return;
      setLoading(false);
      setProblem(answer.ok ? null : answer.message);
      if (answer.ok) setState({ path, value: answer.value });
      else if (!staysAfter(answer.status)) setState({ path, value: null });
      timer = window.setTimeout(() => setAsked((n) => n + 1), refreshMs);
    };
    void read();
    return () => {
      leave.abort();
      clearTimeout(timer);
    };
  }, [path, asked, version, refreshMs]);
  const reload = useCallback(() => setAsked((n) => n + 1), []);
  const put = useCallback(
    (value: T) => {
      turn.current++;
      setState({ path, value });
      setProblem(null);
      setLoading(false);
      setAsked((n) => n + 1);
    },
    [path],
  );
  return { value: state.path === path ? state.value : null, problem, loading, reload, put };
}
