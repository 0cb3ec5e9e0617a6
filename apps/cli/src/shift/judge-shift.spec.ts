import { describe, expect, it } from '@jest/globals';
import type { ExpectedAlarm } from '@app/ward';
import { type SeenAlarm, judge } from './judge-shift.js';

/** Total 28 s, of which the rule's own delay is 10 s; it ends after 10 s more. */
const FAST: ExpectedAlarm = { rule: 'heart-rate-high', priority: 'medium', sinceSeconds: 20 };
const SEEN: SeenAlarm = {
  rule: 'heart-rate-high',
  priority: 'medium',
  text: 'HR 132 (130–134) above 120 at rest for 10 s',
  silencedBy: null,
  raisedSeconds: 42,
  unsilencedSeconds: null,
  worsened: null,
  overSeconds: null,
};

function judged(expected: readonly ExpectedAlarm[], seen: readonly SeenAlarm[]) {
  return judge({ subject: 'P-01', note: '', expected, seen }, 1);
}

const kinds = (expected: Partial<ExpectedAlarm>, seen: Partial<SeenAlarm>) =>
  judged([{ ...FAST, ...expected }], [{ ...SEEN, ...seen }]).flatMap(({ faults }) =>
    faults.map(({ kind }) => kind),
  );

describe('judge', () => {
  it('finds nothing wrong with what was expected, and tells how far it was from too late', () => {
    const [one, ...more] = judged([FAST], [SEEN]);
    expect(more).toEqual([]);
    expect(one?.faults).toEqual([]);
    expect(one?.beyondSeconds).toBeCloseTo(42 - 20 - 28);
  });

  it('finds nothing where nothing was expected and nothing came', () => {
    expect(judged([], [])).toEqual([]);
  });

  it('finds one that is missing', () => {
    expect(judged([FAST], [])).toMatchObject([
      { expected: FAST, seen: null, beyondSeconds: null, faults: [{ kind: 'missing' }] },
    ]);
  });

  it('finds one too many: of another rule, and of the same one again', () => {
    const other: SeenAlarm = { ...SEEN, rule: 'check-patient' };
    expect(judged([], [SEEN])).toMatchObject([{ expected: null, faults: [{ kind: 'extra' }] }]);
    expect(judged([FAST], [SEEN, other])).toMatchObject([
      { faults: [] },
      { expected: null, seen: { rule: 'check-patient' }, faults: [{ kind: 'extra' }] },
    ]);
    const again = { ...SEEN, raisedSeconds: 80 };
    expect(judged([FAST], [again, SEEN])).toMatchObject([
      { seen: { raisedSeconds: 42 }, faults: [] },
      { expected: null, seen: { raisedSeconds: 80 }, faults: [{ kind: 'extra' }] },
    ]);
  });

  it.each([
    [26.9, ['early']],
    [27, []],
    [49, []],
    [49.1, ['late']],
  ])('raised at %d s: %j', (raisedSeconds, found) => {
    // a delay of 10 s, less a window's step and a tick: from 7 s on; 28 s and the margin of 1 s: until 29 s
    expect(kinds({}, { raisedSeconds })).toEqual(found);
  });

  it('takes what comes by and by from when it may come', () => {
    expect(kinds({ notBeforeSeconds: 10 }, { raisedSeconds: 16.9 })).toEqual(['early']);
    expect(kinds({ notBeforeSeconds: 10 }, { raisedSeconds: 17 })).toEqual([]);
  });

  it('counts the time without a number, for rules about silence', () => {
    const silent = { rule: 'check-patient', priority: 'low' } as const;
    expect(kinds(silent, { ...silent, raisedSeconds: 20 + 26.9 })).toEqual(['early']);
    expect(kinds(silent, { ...silent, raisedSeconds: 20 + 49 })).toEqual([]);
    expect(kinds(silent, { ...silent, raisedSeconds: 20 + 49.1 })).toEqual(['late']);
  });

  it('finds another priority', () => {
    expect(kinds({}, { priority: 'low' })).toEqual(['priority']);
  });

  it('finds one that no screen was told of', () => {
    expect(kinds({}, { raisedSeconds: null })).toEqual(['unseen']);
  });

  it('finds one that calls although another speaks for it, at once or later, and the other way round', () => {
    const silenced = { silencedBy: 'link-lost' } as const;
    expect(kinds(silenced, silenced)).toEqual([]);
    expect(kinds(silenced, {})).toEqual(['speaker']);
    expect(kinds({}, silenced)).toEqual(['speaker']);
    expect(kinds(silenced, { silencedBy: 'check-patient' })).toEqual(['speaker']);
    expect(kinds(silenced, { ...silenced, unsilencedSeconds: 60 })).toEqual(['speaker']);
  });

  it.each([
    [null, ['worsening']],
    [{ priority: 'high', atSeconds: 145 } as const, ['worsening']],
    [{ priority: 'medium', atSeconds: 136.9 } as const, ['worsening']],
    [{ priority: 'medium', atSeconds: 137 } as const, []],
    [{ priority: 'medium', atSeconds: 159 } as const, []],
    [{ priority: 'medium', atSeconds: 159.1 } as const, ['worsening']],
    [{ priority: 'medium', atSeconds: null } as const, ['worsening']],
  ])('worsened as %j: %j', (worsened, found) => {
    const rule = { rule: 'check-patient', priority: 'low' } as const;
    const worsens = { priority: 'medium', sinceSeconds: 20 } as const;
    expect(kinds({ ...rule, worsens }, { ...rule, raisedSeconds: 50, worsened })).toEqual(found);
  });

  it('finds one that worsens and should not', () => {
    expect(kinds({}, { worsened: { priority: 'high', atSeconds: 60 } })).toEqual(['worsening']);
  });

  it.each([
    [undefined, null, []],
    [undefined, 90, ['end']],
    [80, null, ['end']],
    [80, 86.9, ['end']],
    [80, 87, []],
    [80, 111, []],
    [80, 111.1, ['end']],
  ])('over at %p s and ended at %p s: %j', (overSeconds, ended, found) => {
    const expected = overSeconds === undefined ? {} : { overSeconds };
    expect(kinds(expected, { overSeconds: ended })).toEqual(found);
  });

  it('tells two alarms of one rule apart by their order', () => {
    const second = { ...FAST, sinceSeconds: 100 };
    const came = [SEEN, { ...SEEN, raisedSeconds: 122 }];
    expect(judged([second, FAST], came).map(({ faults }) => faults)).toEqual([[], []]);
    expect(judged([FAST, second], [SEEN]).flatMap(({ faults }) => faults)).toMatchObject([
      { kind: 'missing' },
    ]);
  });
});
