import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { type OpenSignals, NO_SIGNALS, onlyOf, toggled } from './open-signals.js';

/** By ward, for as long as the page lives: whoever looks at a patient and comes back finds the wall as it was. */
const kept = new Map<string, OpenSignals>();

/** @param isHere whether a patient is on the wall now */
export function useOpenSignals(
  ward: string,
  isHere: (patient: string) => boolean,
): { open: OpenSignals; toggle: (patient: string) => void } {
  const [open, setOpen] = useState(() => kept.get(ward) ?? NO_SIGNALS);
  // A tile is drawn anew whenever its `toggle` is another one.
  const here = useRef(isHere);
  useLayoutEffect(() => {
    here.current = isHere;
  });
  const toggle = useCallback(
    (patient: string) =>
      setOpen((old) => {
        const next = toggled(old, patient, here.current);
        kept.set(ward, next);
        return next;
      }),
    [ward],
  );
  return { open: onlyOf(open, isHere), toggle };
}
