/** What this screen remembers over a reload. A browser that forbids it only forgets: it must not stop the screen. */
const unsaved = new Map<string, string>();

export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return unsaved.get(key) ?? null;
  }
}

export function remember(key: string, value: string): void {
  unsaved.set(key, value);
  try {
    localStorage.setItem(key, value);
  } catch {
    // kept until the page is closed
  }
}
