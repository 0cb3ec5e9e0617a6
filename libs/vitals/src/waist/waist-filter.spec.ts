import { describe, expect, it } from '@jest/globals';
import type { WaistInput } from './prepare-waist-input.js';
import { activityModelFor, WAIST_CLASSES, WAIST_INPUT, type WaistClass } from './waist-classes.js';
import { WaistFilter } from './waist-filter.js';

const says = (name: WaistClass, strength = 4) =>
  Float32Array.from(WAIST_CLASSES, (label) => (label === name ? strength : 0));

/** A window of somebody whose |a| swings at a rate. */
function input(perMinute = 100, g = 0.3): WaistInput {
  const magnitude = Float32Array.from(
    { length: 200 },
    (_, i) => g * Math.sin((2 * Math.PI * perMinute * i) / 25 / 60),
  );
  return { features: new Float32Array(WAIST_INPUT), magnitude };
}

const after = (filter: WaistFilter, names: readonly WaistClass[], first = 0) =>
  names.map((name, k) => filter.update(first + k, input(), says(name)));

describe('WaistFilter', () => {
  it('tells postures apart that a wrist cannot', () => {
    for (const posture of ['sitting', 'standing', 'lying'] as const) {
      const [, last] = after(new WaistFilter(), [posture, posture]);
      expect(last).toMatchObject({ class: 'rest', posture, cadencePerMinute: null });
    }
  });

  it('counts steps while walking, and calls both ways of climbing stairs', () => {
    const [, walking] = after(new WaistFilter(), ['walking', 'walking']);
    expect(walking).toMatchObject({ class: 'walking', posture: null });
    expect(Math.abs(walking!.cadencePerMinute! - 100)).toBeLessThan(1);
    const [, , stairs] = after(new WaistFilter(), ['upstairs', 'downstairs', 'upstairs']);
    expect(stairs).toMatchObject({ class: 'stairs', cadencePerMinute: null });
  });

  it('is sure of rest and names no posture while two are as likely', () => {
    const filter = new WaistFilter();
    const both = Float32Array.from(WAIST_CLASSES, (label) =>
      label === 'sitting' || label === 'standing' ? 4 : 0,
    );
    const estimate = [0, 1, 2].map((k) => filter.update(k, input(), both)).at(-1)!;
    expect(estimate).toMatchObject({ class: 'rest', posture: null });
    expect(estimate.confidence).toBeGreaterThan(0.9);
  });

  it('follows a change within two windows, and knows nothing without samples', () => {
    const filter = new WaistFilter();
    after(filter, ['lying', 'lying', 'lying']);
    const change = after(filter, ['transition', 'walking', 'walking'], 3);
    expect(change.at(-1)).toMatchObject({ class: 'walking' });
    expect(filter.update(6, null, null)).toMatchObject({ class: 'unknown', confidence: 0 });
    expect(filter.update(7, input(), says('walking')).class).toBe('walking');
  });

  it('goes on from a snapshot as if nothing had happened', () => {
    const whole = new WaistFilter();
    const first = new WaistFilter();
    after(whole, ['sitting', 'transition']);
    after(first, ['sitting', 'transition']);
    const second = WaistFilter.restore(structuredClone(first.save()));
    expect(after(second, ['walking'], 4)).toEqual(after(whole, ['walking'], 4));
  });
});

describe('activityModelFor', () => {
  it('never gives one place the model of another', () => {
    expect(activityModelFor('wrist')).toBe('wrist');
    expect(activityModelFor('unspecified')).toBe('wrist');
    expect(activityModelFor('waist')).toBe('waist');
    expect(activityModelFor('pocket')).toBe('waist');
    expect(activityModelFor('chest')).toBeNull();
  });
});
