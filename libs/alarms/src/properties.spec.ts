import { describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { type EventRecord, type WardRecord, NO_LIMITS } from '@app/contracts';
import { AlarmMachine } from './alarm-machine.js';
import { LIMITS, START_MS, Ward, alarmsOf } from './testing/ward.js';
import type { VitalWords } from './testing/vital-of.js';
import { Watchdog } from './testing/watchdog.js';

jest.setTimeout(120_000);

/** One thing that can happen, to one of two patients. */
type Step =
  | { do: 'pass'; seconds: number; words: VitalWords | 'silence'; of: Patient }
  | { do: 'skip'; seconds: number }
  | { do: 'acknowledge'; which: number; of: Patient }
  | { do: 'pause'; of: Patient }
  | { do: 'limits'; high: boolean }
  | { do: 'admit'; how: 'usual' | 'spot' | 'off-ward' | 'no-device' | 'discharge'; of: Patient }
  | { do: 'backlog'; of: Patient; lane: 'live' | 'backfill' }
  | { do: 'fall'; stillSeconds: number; of: Patient }
  | { do: 'restart' };
type Patient = 'P-01' | 'P-02';

const patient = fc.constantFrom<Patient>('P-01', 'P-02');
const words = fc.oneof(
  fc.record({
    bpm: fc.constantFrom(30, 40, 45, 80, 110, 117, 118, 119, 120, 121, 130, 141, 170),
    half: fc.constantFrom(1, 4, 15),
    worn: fc.constantFrom(null, true, false),
    battery: fc.constantFrom(null, 0.04, 0.12, 0.18, 0.9),
  }),
  fc.record({
    bpm: fc.constant(null),
    withheld: fc.constantFrom('uncertain', 'disagreement', 'no-signal', 'gap', 'not-worn'),
    estimate: fc.constantFrom(null, 80, 130, 170),
    second: fc.constantFrom(80, 130),
    quality: fc.constantFrom(0.1, 0.25, 0.9),
  }),
  fc.constant('silence' as const),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('pass'),
      seconds: fc.integer({ min: 1, max: 45 }),
      words,
      of: patient,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('pass'),
      seconds: fc.integer({ min: 100, max: 320 }),
      words,
      of: patient,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('skip'), seconds: fc.integer({ min: -50, max: 400 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('acknowledge'), which: fc.nat(5), of: patient }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pause'), of: patient }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('limits'), high: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('admit'),
      how: fc.constantFrom('usual', 'spot', 'off-ward', 'no-device', 'discharge'),
      of: patient,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('backlog'),
      lane: fc.constantFrom('live', 'backfill'),
      of: patient,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('fall'),
      stillSeconds: fc.constantFrom(0, 2),
      of: patient,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart') }) },
);
const steps = fc.array(step, { minLength: 1, maxLength: 30 });

/** Lets it all happen in a ward with two patients; `isLeftOut` steps do nothing. */
function run(all: readonly Step[], isLeftOut: (step: Step) => boolean = () => false): Ward {
  const ward = new Ward();
  ward.admit('P-02');
  for (const one of all) if (!isLeftOut(one)) perform(ward, one);
  return ward;
}

function perform(ward: Ward, one: Step): void {
  switch (one.do) {
    case 'pass':
      ward.pass(
        one.seconds,
        one.words === 'silence' ? 'silence' : { ...one.words, patient: one.of },
      );
      break;
    case 'skip':
      ward.second += one.seconds;
      break;
    case 'acknowledge': {
      const alarms = alarmsOf(ward.events).filter((e) => e.patient === one.of);
      ward.acknowledge(alarms.at(-1 - one.which), one.of);
      break;
    }
    case 'pause':
      ward.pauseAudio(undefined, one.of);
      break;
    case 'limits':
      ward.setLimits(one.high ? LIMITS : { ...LIMITS, heartRateHighBpm: null });
      break;
    case 'admit': {
      const device = { device: `${one.of}-watch`, position: 'wrist', sinceMs: START_MS } as const;
      if (one.how === 'discharge') ward.discharge(one.of);
      else
        ward.admit(one.of, {
          devices:
            one.how === 'no-device'
              ? []
              : [{ ...device, mode: one.how === 'spot' ? 'spot' : 'continuous' }],
          offWard: one.how === 'off-ward' ? { reason: 'test', sinceMs: ward.nowMs } : null,
        });
      break;
    }
    case 'backlog': {
      const lateS = one.lane === 'live' ? 40 : 0;
      ward.second -= lateS;
      ward.vital({ bpm: 170, patient: one.of, lane: one.lane });
      ward.second += lateS;
      break;
    }
    case 'fall':
      ward.vital({ fall: { score: 0.9, stillSeconds: one.stillSeconds }, patient: one.of });
      break;
    case 'restart':
      ward.restart();
      break;
  }
}

function eventsOf(records: readonly WardRecord[]): EventRecord[] {
  const machine = new AlarmMachine();
  return records.flatMap((record) => machine.apply(record));
}

/** Enough to find what was broken on purpose. */
const RUNS = { numRuns: 150 };

describe('whatever happens', () => {
  it('nothing that must never be: see Watchdog', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const ward = run(all);
        const machine = new AlarmMachine();
        const watchdog = new Watchdog();
        for (const record of ward.records) watchdog.take(record, machine.apply(record));
        expect(watchdog.complaints).toEqual([]);
      }),
      RUNS,
    );
  });

  it('a pause of the sound always ends, also when the clock is set back', () => {
    const actions = fc.oneof(
      { weight: 1, arbitrary: fc.record({ do: fc.constant('pause'), of: patient }) },
      {
        weight: 2,
        arbitrary: fc.record({
          do: fc.constant('skip'),
          seconds: fc.integer({ min: -90, max: 9 }),
        }),
      },
      {
        weight: 4,
        arbitrary: fc.record({
          do: fc.constant('pass'),
          seconds: fc.integer({ min: 1, max: 90 }),
          words: fc.constant({}),
          of: patient,
        }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('restart') }) },
    );
    fc.assert(
      fc.property(fc.array(actions, { minLength: 3, maxLength: 15 }), (all: Step[]) => {
        const watchdog = new Watchdog();
        const machine = new AlarmMachine();
        for (const record of run(all).records) watchdog.take(record, machine.apply(record));
        expect(watchdog.complaints).toEqual([]);
      }),
      RUNS,
    );
  });

  it('a replay gives the same events, byte for byte, over restarts at any point', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const ward = run(all);
        expect(JSON.stringify(eventsOf(ward.records))).toBe(JSON.stringify(ward.events));
      }),
      RUNS,
    );
  });

  it('what is done to one patient does not touch the other', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const isAction = (one: Step) =>
          (one.do === 'acknowledge' || one.do === 'pause' || one.do === 'admit') &&
          one.of === 'P-02';
        const of = (ward: Ward) =>
          ward.events.filter((event) => event.type !== 'progress' && event.patient === 'P-01');
        expect(of(run(all, isAction))).toEqual(of(run(all)));
      }),
      RUNS,
    );
  });

  it('is told once, by its own name', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const ids = alarmsOf(run(all).events).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      RUNS,
    );
  });

  it('without limits no rate raises anything', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const ward = run(all);
        const records = ward.records.map((record): WardRecord =>
          record.type === 'limits' ? { ...record, limits: NO_LIMITS } : record,
        );
        const rates = alarmsOf(eventsOf(records)).filter(({ rule }) => rule.startsWith('heart'));
        expect(rates).toEqual([]);
      }),
      RUNS,
    );
  });
});

describe('the watchdog', () => {
  it('sees an alarm that is left out, one that ends by itself and a silence that is cleared', () => {
    const ward = new Ward();
    ward.pass(40, { bpm: 130 });
    ward.pass(10, { bpm: 90 });
    ward.pass(20);
    const watch = (change: (events: EventRecord[]) => EventRecord[]) => {
      const machine = new AlarmMachine();
      const watchdog = new Watchdog();
      for (const record of ward.records) watchdog.take(record, change(machine.apply(record)));
      return watchdog.complaints.join();
    };
    expect(watch((events) => events)).toBe('');
    expect(watch(() => [])).toContain('beyond the limit for 15 s');
    const ended = { signal: 'off', change: 'ended', endedBecause: 'condition-over' } as const;
    const unlatched = watch((events) =>
      events.map((event) =>
        event.type === 'alarm' && event.signal === 'latched' ? { ...event, ...ended } : event,
      ),
    );
    expect(unlatched).toContain('is no way');
  });
});
