import { describe, expect, it } from '@jest/globals';
import { AudioProgress } from './audio-progress.js';

/** Looks every 100 ms, with the audio clock as given. */
function looked(seconds: number, audioAt: (nowS: number) => number | null): AudioProgress {
  const progress = new AudioProgress();
  for (let i = 0; i <= seconds * 10; i++) progress.look(audioAt(i / 10), i / 10);
  return progress;
}

describe('the audio clock', () => {
  it('may stand still for three seconds, and no longer', () => {
    expect(looked(60, (nowS) => nowS).stalled).toBe(false);
    expect(looked(3, () => 7).stalled).toBe(false);
    expect(looked(3.2, () => 7).stalled).toBe(true);
  });

  it('is not held against a context that does not claim to play', () => {
    expect(looked(60, () => null).stalled).toBe(false);
    expect(looked(60, (nowS) => (nowS < 50 ? 7 : null)).stalled).toBe(false);
  });

  it('has recovered as soon as it moves', () => {
    expect(looked(60, (nowS) => (nowS < 59 ? 7 : nowS)).stalled).toBe(false);
  });

  it('is not judged over a time in which nobody looked', () => {
    const progress = new AudioProgress();
    for (const nowS of [0, 60, 120, 180]) progress.look(7, nowS);
    expect(progress.stalled).toBe(false);
  });
});
