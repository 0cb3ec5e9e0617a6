import { describe, expect, it } from '@jest/globals';
import { ACTIVITY_CLASSES, ACTIVITY_INPUT } from './activity-classes.js';
import { ActivityFilter } from './activity-filter.js';

/** Log-odds that give this class about 80 %. */
function says(name: (typeof ACTIVITY_CLASSES)[number], strength = 3): Float32Array {
  return Float32Array.from(ACTIVITY_CLASSES, (label) => (label === name ? strength : 0));
}

/** Input of window `k` of somebody whose |a| swings by `g` at `perMinute`; phase goes on from window to window. */
function moving(k: number, perMinute: number, g = 0.3): Float32Array {
  const input = new Float32Array(ACTIVITY_INPUT);
  for (let i = 0; i < 125; i++) {
    const second = 2 * k + 3 + i / 25;
    input[250 + i] = g * Math.sin((2 * Math.PI * perMinute * second) / 60);
  }
  return input;
}

const still = new Float32Array(ACTIVITY_INPUT);

function walkFor(filter: ActivityFilter, from: number, windows: number) {
  return Array.from({ length: windows }, (_, i) =>
    filter.update(from + i, moving(from + i, 105), says('walking')),
  );
}

describe('ActivityFilter', () => {
  it('names a class and a cadence from the first clear window on', () => {
    const [first, , third] = walkFor(new ActivityFilter(), 0, 3);
    expect(first).toMatchObject({ class: 'walking' });
    expect(third!.confidence).toBeGreaterThan(first!.confidence);
    expect(Math.abs(third!.cadencePerMinute! - 105)).toBeLessThan(1);
  });

  it('does not follow one odd window, and follows a change within two', () => {
    const filter = new ActivityFilter();
    walkFor(filter, 0, 5);
    expect(filter.update(5, moving(5, 105), says('stairs')).class).not.toBe('stairs');
    expect(filter.update(6, moving(6, 105), says('walking')).class).toBe('walking');
    const change = [7, 8].map((k) => filter.update(k, moving(k, 160, 0.9), says('running')).class);
    expect(change.at(-1)).toBe('running');
  });

  it('says unknown when the network does, or when it cannot decide', () => {
    const filter = new ActivityFilter();
    expect(filter.update(0, moving(0, 105, 0.05), says('unknown')).class).toBe('unknown');
    const torn = Float32Array.from(ACTIVITY_CLASSES, (_, i) => (i < 2 ? 1 : 0));
    for (let k = 1; k < 10; k++) {
      const { class: named, cadencePerMinute } = filter.update(k, moving(k, 105), torn);
      expect(named).toBe('unknown');
      expect(cadencePerMinute).toBeNull();
    }
  });

  it('calls a still wrist rest, with and without a network, and whatever it says', () => {
    expect(new ActivityFilter().update(0, still, null)).toMatchObject({
      class: 'rest',
      cadencePerMinute: null,
    });
    expect(new ActivityFilter().update(0, still, says('running')).class).toBe('rest');
  });

  it('forgets towards unknown while the network is silent or answers with no number', () => {
    for (const nothing of [null, new Float32Array(ACTIVITY_CLASSES.length).fill(NaN)]) {
      const filter = new ActivityFilter();
      walkFor(filter, 0, 5);
      const confidences = Array.from(
        { length: 30 },
        (_, i) => filter.update(5 + i, moving(5 + i, 105), nothing).confidence,
      );
      expect(confidences[0]).toBeGreaterThan(0.9);
      confidences.slice(1).forEach((value, i) => expect(value).toBeLessThan(confidences[i]!));
      expect(filter.update(35, moving(35, 105), nothing).class).toBe('unknown');
    }
  });

  it('takes windows left out as time without evidence', () => {
    const skipped = new ActivityFilter();
    walkFor(skipped, 0, 5);
    const silent = new ActivityFilter();
    walkFor(silent, 0, 5);
    for (let k = 5; k < 9; k++) silent.update(k, moving(k, 105), null);
    const [a, b] = [skipped, silent].map((f) => f.update(9, moving(9, 105), null));
    expect(a!.confidence).toBeCloseTo(b!.confidence, 12);
  });

  it('answers unknown without motion, and takes the cadence from afterwards alone', () => {
    const filter = new ActivityFilter();
    walkFor(filter, 0, 5);
    expect(filter.update(5, null, null)).toEqual({
      class: 'unknown',
      confidence: 0,
      cadencePerMinute: null,
    });
    expect(filter.save().magnitude).toHaveLength(0);
    filter.update(6, moving(6, 120), says('walking'));
    expect(filter.save().magnitude).toHaveLength(125);
  });

  it('goes on after save and restore as if nothing had happened', () => {
    const steady = new ActivityFilter();
    let restarted = new ActivityFilter();
    for (let k = 0; k < 12; k++) {
      const name = ACTIVITY_CLASSES[(k >> 1) % 6]!;
      const input = moving(k, 80 + 7 * k, 0.2);
      restarted = ActivityFilter.restore(structuredClone(restarted.save()));
      expect(restarted.update(k, input, says(name))).toEqual(steady.update(k, input, says(name)));
    }
    expect(restarted.save()).toEqual(steady.save());
  });

  it('knows nothing after a reset', () => {
    const filter = new ActivityFilter();
    walkFor(filter, 0, 5);
    filter.reset();
    expect(filter.save()).toEqual(new ActivityFilter().save());
  });
});
