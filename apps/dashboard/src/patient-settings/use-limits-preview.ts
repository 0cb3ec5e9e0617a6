import type { LimitsPreview, PatientLimits } from '@app/contracts';
import { useEffect, useState } from 'react';
import { apiPath, request } from '../api/request.js';

export type Previewing =
  /** What is typed is no set of limits. */
  | { state: 'none' }
  | { state: 'counting' }
  | { state: 'here'; preview: LimitsPreview }
  | { state: 'failed'; reason: string };

/** While somebody types nothing is asked, ms. */
const SETTLED_MS = 500;

/** What limits would have meant; asked for once they stand still, and again when they change. */
export function useLimitsPreview(
  patient: string,
  limits: PatientLimits | undefined,
): [Previewing, () => void] {
  const [previewing, setPreviewing] = useState<Previewing>({ state: 'none' });
  const [asked, setAsked] = useState(0);
  const wanted = limits === undefined ? null : JSON.stringify({ limits });
  useEffect(() => {
    if (wanted === null) {
      setPreviewing({ state: 'none' });
      return;
    }
    // Never beside other limits than those that it was counted for.
    setPreviewing({ state: 'counting' });
    const leave = new AbortController();
    const path = apiPath('patients', patient, 'limits', 'preview');
    const count = async () => {
      const answer = await request<LimitsPreview>('POST', path, JSON.parse(wanted), leave.signal);
      if (leave.signal.aborted) return;
      setPreviewing(
        answer.ok
          ? { state: 'here', preview: answer.value }
          : { state: 'failed', reason: answer.message },
      );
    };
    const timer = setTimeout(() => void count(), SETTLED_MS);
    return () => {
      clearTimeout(timer);
      leave.abort();
    };
  }, [patient, wanted, asked]);
  return [previewing, () => setAsked((n) => n + 1)];
}
