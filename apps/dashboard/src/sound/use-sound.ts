import { createContext, useContext, useSyncExternalStore } from 'react';
import type { SoundBox, SoundState } from './sound-box.js';

export const SoundContext = createContext<SoundBox | null>(null);

export function useSound(): { state: SoundState; box: SoundBox } {
  const box = useContext(SoundContext);
  if (box === null) throw new Error('There is no sound around this component.');
  return { state: useSyncExternalStore(box.subscribe, box.state), box };
}
