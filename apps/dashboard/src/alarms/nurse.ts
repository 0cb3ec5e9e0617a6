import { createContext, useContext } from 'react';
import { remember, remembered } from '../memory.js';

export interface Nurse {
  /** Name or initials, remembered on this screen; null until somebody was asked. */
  name: string | null;
  /** Opens the question for the name. */
  ask: () => void;
}

export const NurseContext = createContext<Nurse>({ name: null, ask: () => undefined });

export function useNurse(): Nurse {
  return useContext(NurseContext);
}

const KEY = 'vigil.nurse';
/** As the station accepts, characters. */
export const NAME_MAX = 80;

export function rememberedName(): string | null {
  return remembered(KEY);
}

export function rememberName(name: string): void {
  remember(KEY, name);
}
