import { remember, remembered } from '../memory.js';

const KEY = 'vigil.ward';

/** The ward that this screen looked at last. */
export function rememberedWard(): string | null {
  return remembered(KEY);
}

export function rememberWard(ward: string): void {
  remember(KEY, ward);
}
