import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Station, StationView } from '../station/station.js';

export const StationContext = createContext<Station | null>(null);

export function useStation(): Station {
  const station = useContext(StationContext);
  if (station === null) throw new Error('There is no station around this component.');
  return station;
}

export function useStationView(): StationView {
  const station = useStation();
  return useSyncExternalStore(station.subscribe, station.read);
}
