import { remember, remembered } from '../memory.js';

/** `night`: all that is no alarm is dim, for a dark room. */
export type Theme = 'dark' | 'night' | 'light';

const THEMES: readonly Theme[] = ['dark', 'night', 'light'];

const KEY = 'vigil.theme';
const CHANGED = 'vigil:theme';
const colours = new Map<string, string>();

/** As chosen on this screen, or else as the machine prefers. */
export function readTheme(): Theme {
  const chosen = THEMES.find((theme) => theme === remembered(KEY));
  if (chosen !== undefined) return chosen;
  return matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}

/** The one that the next press gives. */
export function themeAfter(theme: Theme): Theme {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'dark';
}

/** Puts the theme on the document, now and whenever the machine's preference changes. */
export function followTheme(): void {
  const apply = () => put(readTheme());
  matchMedia('(prefers-color-scheme: light)').addEventListener('change', apply);
  apply();
}

export function chooseTheme(theme: Theme): void {
  remember(KEY, theme);
  put(theme);
}

function put(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  colours.clear();
  window.dispatchEvent(new Event(CHANGED));
}

export function onTheme(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener);
  return () => window.removeEventListener(CHANGED, listener);
}

/** The value of a custom property, for what is drawn on a canvas; read once per theme, as a reading has the page styled. */
export function colour(name: `--${string}`): string {
  const known = colours.get(name);
  if (known !== undefined) return known;
  const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  if (value !== '') colours.set(name, value);
  return value;
}
