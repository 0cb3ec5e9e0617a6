import type { AlarmEvent } from '@app/contracts';
import { useEffect, useRef, useState } from 'react';
import { useStationView } from '../app/use-station.js';
import { useQuery } from '../app/use-route.js';
import { FIRST_VIEW, type TrendView, viewAround } from './trend-view.js';
import { type History, useHistory } from './use-history.js';

export interface Past {
  view: TrendView;
  setView: (view: TrendView) => void;
  history: History;
  /** Changes of alarms that somebody wants to see; of several one is still to be chosen. */
  opened: readonly AlarmEvent[];
  open: (alarms: readonly AlarmEvent[]) => void;
}

/** What is looked at of a patient's past. An address with `at` and `alarm` begins at that time, with that change opened. */
export function usePast(patient: string): Past {
  const query = useQuery();
  const { serverMs } = useStationView();
  const [view, setView] = useState<TrendView>(() => firstView(query.get('at'), serverMs));
  const [opened, open] = useState<readonly AlarmEvent[]>([]);
  const history = useHistory(patient, view);
  /** Asked for by the address and not found yet. */
  const wanted = useRef(query.get('alarm'));
  const { past } = history;
  useEffect(() => {
    const event = past?.events.find(({ id }) => id === wanted.current);
    if (event === undefined) return;
    wanted.current = null;
    open([event]);
  }, [past]);
  return { view, setView, history, opened, open };
}

function firstView(at: string | null, nowMs: number | null): TrendView {
  const atMs = Number(at);
  return at === null || !(atMs > 0) ? FIRST_VIEW : viewAround(atMs, nowMs ?? Infinity);
}
