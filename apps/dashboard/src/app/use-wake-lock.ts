import { useEffect } from 'react';

/**
 * Keeps the screen on while it is looked at: a wall display must not go dark because nobody touches it. Browsers do this
 * under HTTPS and on the machine itself; elsewhere the display's own settings have to.
 */
export function useWakeLock(isWanted: boolean): void {
  useEffect(() => {
    if (!isWanted || !('wakeLock' in navigator)) return;
    let lock: WakeLockSentinel | null = null;
    let isOver = false;
    const hold = async () => {
      if (document.hidden || isOver) return;
      try {
        const held = await navigator.wakeLock.request('screen');
        if (isOver) await held.release();
        else lock = held;
      } catch {
        // Refused, as when the battery is low; asked again when the page is shown next.
      }
    };
    // The browser lets go of it whenever the page is hidden.
    const again = () => void hold();
    document.addEventListener('visibilitychange', again);
    void hold();
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', again);
      void lock?.release();
    };
  }, [isWanted]);
}
