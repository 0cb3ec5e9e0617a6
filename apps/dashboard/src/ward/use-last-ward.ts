import { useEffect } from 'react';
import { useStation, useStationView } from '../app/use-station.js';
import { rememberedWard } from './remembered-ward.js';
import { useWards } from './use-wards.js';

/** On a page of no ward: the one that this screen had last is listened to, so that its alarms go on. */
export function useLastWard(isOfNone: boolean): void {
  const station = useStation();
  const { place } = useStationView();
  const { wards } = useWards();
  const last = rememberedWard();
  const isOpen = last !== null && wards?.some(({ ward }) => ward === last) === true;
  useEffect(() => {
    if (isOfNone && isOpen && place === null) station.show(last);
  }, [station, isOfNone, isOpen, place, last]);
}
