import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Station, StationView } from '../station/station.js';
import { framed } from './framed.js';

export const StationContext = createContext<Station | null>(null);

export function useStation(): Station {
  const station = useContext(StationContext);
  if (station === null) throw new Error('There is no station around this component.');
  return station;
}

/** What the station says, drawn at most once per frame however many messages come between two of them. */
export function useStationView(): StationView {
  const station = useStation();
  return useSyncExternalStore(framed(station.subscribe), station.read);
}
