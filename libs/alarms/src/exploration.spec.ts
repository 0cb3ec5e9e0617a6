import { describe, expect, it, jest } from '@jest/globals';
import type { EventRecord, WardRecord } from '@app/contracts';
import type { AlarmMachine } from './alarm-machine.js';
import { LIMITS, Ward, alarmsOf } from './testing/ward.js';
import { Watchdog } from './testing/watchdog.js';
import { TRANSITIONS } from './transitions.js';

jest.setTimeout(300_000);

/** How many actions after each other are tried, in every order. docs/alarms.md states it. */
const DEPTH = 4;

/** A small configuration: one patient, and all that can happen in steps just longer than the delays. */
const ACTIONS: Record<string, (ward: Ward) => void> = {
  'high for 14 s': (ward) => ward.pass(14, { bpm: 130 }),
  'extreme for 8 s': (ward) => ward.pass(8, { bpm: 160 }),
  'usual for 14 s': (ward) => ward.pass(14, { bpm: 80 }),
  'between the levels for 14 s': (ward) => ward.pass(14, { bpm: 118 }),
  'uncertain and high for 18 s': (ward) => ward.pass(18, { bpm: null, estimate: 130 }),
  'silence for 32 s': (ward) => ward.pass(32),
  'silence for 92 s': (ward) => ward.pass(92),
  'as it is for 304 s': (ward) => ward.pass(304, { bpm: 130 }),
  'a fall': (ward) => ward.vital({ fall: { score: 0.9 } }),
  acknowledge: (ward) => {
    const last = new Map(alarmsOf(ward.events).map((event) => [event.rule, event]));
    for (const event of last.values()) if (event.signal !== 'off') ward.acknowledge(event);
  },
  pause: (ward) => ward.pauseAudio(),
  'limit off': (ward) => ward.setLimits({ ...LIMITS, heartRateHighBpm: null }),
  'limit on': (ward) => ward.setLimits(LIMITS),
  discharge: (ward) => ward.discharge(),
  admit: (ward) => ward.admit(),
};

describe('every order of actions', () => {
  it(`to a depth of ${DEPTH}: nothing that must never be, and every transition is reached`, () => {
    const known = new Set<string>();
    const reached = new Set<(typeof TRANSITIONS)[number]>();
    let frontier = [start()];
    let steps = 0;
    for (let depth = 0; depth < DEPTH; depth++) {
      const next: WatchedWard[] = [];
      for (const ward of frontier) {
        for (const name of Object.keys(ACTIONS)) {
          const after = ward.fork(name);
          ACTIONS[name]?.(after);
          steps++;
          for (const way of after.watchdog.reached) reached.add(way);
          if (after.watchdog.complaints.length > 0)
            throw new Error(`${after.path.join(', ')}: ${after.watchdog.complaints.join('; ')}`);
          const shape = shapeOf(after.machine);
          if (known.has(shape)) continue;
          known.add(shape);
          next.push(after);
        }
      }
      frontier = next;
    }
    expect(TRANSITIONS.filter((one) => !reached.has(one))).toEqual([]);
    // as docs/alarms.md states it
    expect({ states: known.size, steps }).toEqual({ states: 9_724, steps: 17_490 });
  });
});

/** A ward with a watchdog beside it, which can be copied with all that both know. */
class WatchedWard extends Ward {
  watchdog = new Watchdog();
  path: string[] = [];

  override give(record: WardRecord): EventRecord[] {
    const events = super.give(record);
    // The first records come before the watchdog is there.
    this.watchdog?.take(record, events);
    return events;
  }

  fork(name: string): WatchedWard {
    const copy = new WatchedWard(null);
    copy.path = [...this.path, name];
    copy.second = this.second;
    copy.events.push(...this.events);
    for (const [patient, window] of this.windows) copy.windows.set(patient, window);
    copy.machine = this.machine;
    copy.restart();
    copy.watchdog = this.watchdog.fork();
    return copy;
  }
}

function start(): WatchedWard {
  const ward = new WatchedWard();
  // said again, for the watchdog
  ward.setLimits(LIMITS);
  ward.admit();
  ward.pass(4, {});
  return ward;
}

/** A state without its place in time: what is older than the longest delay is alike. */
function shapeOf({ partition, patients }: AlarmMachine): string {
  return JSON.stringify([partition, ...patients], (key, value: unknown) =>
    FORGOTTEN.has(key)
      ? null
      : typeof value === 'number' && key.endsWith('Ms')
        ? Math.min(partition.clockMs - value, LONGEST_MS)
        : value,
  );
}

const LONGEST_MS = 320_000;
/** Names, numbers that only count on, and times of the station's clock. */
const FORGOTTEN: ReadonlySet<string> = new Set(
  (
    'atMs sinceMs tickMs admissionMs limitsMs untilMs acknowledgedMs lastPresentMs ' +
    'id alarmId previousId count window endMs endMonotonicUs samples text atMonotonicUs'
  ).split(' '),
);
