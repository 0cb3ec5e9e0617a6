import { describe, expect, it } from '@jest/globals';
import { type StrayFrame, Strays } from './strays.js';

const frame = (receivedMs: number): StrayFrame => ({
  unassigned: 'not-placed',
  origin: 'live',
  receivedMs,
});

describe('Strays', () => {
  it('are recorded with the first frame, then every ten seconds of arrival with their count', () => {
    let strays = new Strays();
    const records = [];
    for (let second = 0; second < 35; second++) {
      records.push(strays.note('w', frame(1_000_000 + second * 1000)));
      // a restart between any two frames
      strays = new Strays(structuredClone(strays.save()));
    }
    expect(records.filter((record) => record !== null)).toEqual(
      [
        [0, 1],
        [10, 10],
        [20, 10],
        [30, 10],
      ].map(([second, frames]) => ({
        type: 'stray',
        device: 'w',
        origin: 'live',
        reason: 'not-placed',
        frames,
        atMs: 1_000_000 + second! * 1000,
      })),
    );
  });

  it('go on when the clock was set back', () => {
    const strays = new Strays();
    strays.note('w', frame(9_000_000));
    expect(strays.note('w', frame(1_000_000))).toMatchObject({ atMs: 1_000_000, frames: 1 });
    expect(strays.note('w', frame(1_001_000))).toBeNull();
  });
});
