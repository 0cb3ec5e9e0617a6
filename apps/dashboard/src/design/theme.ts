import { remember, remembered } from '../memory.js';

export type Theme = 'dark' | 'light';

const KEY = 'vigil.theme';
const CHANGED = 'vigil:theme';

/** As chosen on this screen, or else as the machine prefers. */
export function readTheme(): Theme {
  const chosen = remembered(KEY);
  if (chosen === 'dark' || chosen === 'light') return chosen;
  return matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}

/** Puts the theme on the document, now and whenever the machine's preference changes. */
export function followTheme(): void {
  const apply = () => {
    document.documentElement.dataset['theme'] = readTheme();
    window.dispatchEvent(new Event(CHANGED));
  };
  matchMedia('(prefers-color-scheme: light)').addEventListener('change', apply);
  apply();
}

export function chooseTheme(theme: Theme): void {
  remember(KEY, theme);
  document.documentElement.dataset['theme'] = theme;
  window.dispatchEvent(new Event(CHANGED));
}

export function onTheme(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener);
  return () => window.removeEventListener(CHANGED, listener);
}

/** The value of a custom property, for what is drawn on a canvas. */
export function colour(name: `--${string}`): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
