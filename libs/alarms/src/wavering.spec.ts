import { describe, expect, it } from '@jest/globals';
import { alarmsOf, changes, Ward } from './testing/ward.js';

/** Beyond the limit of 120 BPM by the estimate alone; at it; well inside. */
const BEYOND = { bpm: 121 };
const CERTAIN = { bpm: 130 };
const AT_LIMIT = { bpm: 119 };
const RAISED = ['heart-rate-high raised on'];

/** A ward where one patient's rate was well inside for 20 s; each result counts for 2 s. */
function calm(): Ward {
  const ward = new Ward();
  ward.pass(20, { bpm: 80 });
  return ward;
}

describe('a rate that goes to and fro at its limit', () => {
  it('is signalled 15 s after it first was beyond, by a number beyond', () => {
    const ward = calm();
    ward.pass(6, BEYOND);
    ward.pass(6, AT_LIMIT);
    expect(ward.pass(4, BEYOND)).toEqual([]);
    expect(changes(ward.pass(2, BEYOND))).toEqual(RAISED);
  });

  it('is not signalled by a number that is not beyond', () => {
    const ward = calm();
    ward.pass(12, BEYOND);
    expect(ward.pass(8, AT_LIMIT)).toEqual([]);
    expect(changes(ward.pass(2, BEYOND))).toEqual(RAISED);
  });

  it.each([
    ['10 s', 5, RAISED],
    ['longer', 6, []],
  ])('begins anew when it was not beyond for %s', (_, results, expected) => {
    const ward = calm();
    ward.pass(12, BEYOND);
    ward.pass(2 * results, AT_LIMIT);
    expect(changes(ward.pass(2, BEYOND))).toEqual(expected);
  });

  it.each([
    ['just between the levels', 117.01, RAISED],
    ['at the clear level', 117, []],
  ])('begins anew when it was well inside: %s', (_, bpm, expected) => {
    const ward = calm();
    ward.pass(12, BEYOND);
    ward.pass(2, { bpm });
    expect(changes(ward.pass(4, BEYOND))).toEqual(expected);
  });

  it('is not signalled sooner than 15 s although its whole interval is beyond now and then', () => {
    const ward = calm();
    ward.pass(2, CERTAIN);
    ward.pass(2, AT_LIMIT);
    expect(ward.pass(10, CERTAIN)).toEqual([]);
    expect(changes(ward.pass(2, CERTAIN))).toEqual(RAISED);
  });

  it('is said to have been beyond on and off, unless its whole interval was', () => {
    const [often] = (() => {
      const ward = calm();
      ward.pass(4, BEYOND);
      ward.pass(6, AT_LIMIT);
      return alarmsOf(ward.pass(8, BEYOND));
    })();
    expect(often?.text).toBe('HR 121 (117–125) above 120 at rest, on and off for 15 s');
    const ward = calm();
    ward.pass(2, BEYOND);
    ward.pass(2, AT_LIMIT);
    expect(alarmsOf(ward.pass(14, CERTAIN))[0]?.text).toBe(
      'HR 130 (126–134) above 120 at rest for 10 s',
    );
  });

  it('is said to have been beyond for as long as it was when it has begun anew', () => {
    const ward = calm();
    ward.pass(4, BEYOND);
    ward.pass(4, AT_LIMIT);
    ward.restart();
    ward.pass(2, { bpm: 80 });
    expect(alarmsOf(ward.pass(18, BEYOND))[0]?.text).toBe(
      'HR 121 (117–125) above 120 at rest for 15 s',
    );
  });

  it('that has never been beyond is not signalled', () => {
    const ward = calm();
    expect(ward.pass(120, AT_LIMIT)).toEqual([]);
  });

  it('and is latched, is signalled again in the same way', () => {
    const ward = calm();
    ward.pass(20, CERTAIN);
    expect(changes(ward.pass(30, { bpm: 80 }))).toEqual([
      'heart-rate-high condition-cleared latched',
    ]);
    ward.pass(10, BEYOND);
    expect(ward.pass(4, AT_LIMIT)).toEqual([]);
    const [again] = alarmsOf(ward.pass(4, BEYOND));
    expect(again).toMatchObject({ change: 'raised', signal: 'on' });
  });
});
