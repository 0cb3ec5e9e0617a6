import { describe, expect, it } from '@jest/globals';
import { pauseNow, pauseWords } from './audio-pause.js';

const pause = { untilMs: 120_000, by: 'AB' };

describe('an audio pause', () => {
  it('ends by the clock, even when nobody says so', () => {
    expect(pauseNow(pause, 119_999)).toBe(pause);
    expect(pauseNow(pause, 120_000)).toBeNull();
  });

  it('is not believed without a clock', () => {
    expect(pauseNow(pause, null)).toBeNull();
    expect(pauseNow(null, 0)).toBeNull();
  });

  it('counts down, and says who asked for it', () => {
    expect(pauseWords(pause, 18_000)).toBe('Sound paused 1:42 by AB');
    expect(pauseWords(pause, 119_999)).toBe('Sound paused 0:01 by AB');
  });
});
