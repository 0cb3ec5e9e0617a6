import { describe, expect, it } from '@jest/globals';
import { NOBODY, NO_LIMITS } from '@app/contracts';
import { AlarmMachine } from './alarm-machine.js';
import { vitalOf } from './testing/vital-of.js';
import { LIMITS, START_MS, Ward, alarmsOf, changes } from './testing/ward.js';

describe('the reducer', () => {
  it('goes on after a restart at any point', () => {
    const story = (restart: boolean) => {
      const ward = new Ward();
      for (const bpm of [80, 130, 160, 90, null, 40, 80]) {
        ward.pass(15, { bpm });
        if (restart) ward.restart();
      }
      ward.pass(40);
      return ward.events;
    };
    expect(JSON.stringify(story(true))).toBe(JSON.stringify(story(false)));
    expect(story(true).length).toBeGreaterThan(8);
  });

  it('does not care in which order a checkpoint holds the patients', () => {
    const story = (restart: boolean) => {
      const ward = new Ward(null);
      ward.setLimits(LIMITS);
      for (const patient of ['P-10', 'P-02', 'P-03']) ward.admit(patient);
      ward.tick();
      for (const patient of ['P-10', 'P-02', 'P-03']) ward.vital({ patient, bpm: 160 });
      if (restart) {
        const { partition, patients } = ward.machine;
        const byKey = [...patients].toSorted((a, b) => a.patient.localeCompare(b.patient));
        ward.machine = new AlarmMachine(partition, byKey);
      }
      ward.pass(40);
      ward.setLimits({ ...LIMITS, heartRateExtremeHighBpm: null });
      return ward.events;
    };
    expect(JSON.stringify(story(true))).toBe(JSON.stringify(story(false)));
    const raised = alarmsOf(story(false)).map(({ patient }) => patient);
    expect(raised.slice(0, 3)).toEqual(['P-02', 'P-03', 'P-10']);
  });

  it('says which states a checkpoint must save', () => {
    const ward = new Ward();
    ward.admit('P-02');
    const touched = () => ward.machine.takeTouched().map(({ patient }) => patient);
    expect(touched()).toEqual(['P-01', 'P-02']);
    expect(touched()).toEqual([]);
    ward.vital({});
    expect(touched()).toEqual(['P-01']);
    ward.pauseAudio();
    expect(touched()).toEqual(['P-01']);
    ward.tick();
    expect(touched()).toEqual(['P-01', 'P-02']);
    ward.discharge();
    expect(touched()).toEqual(['P-01']);
    ward.tick();
    expect(touched()).toEqual(['P-02']);
    ward.acknowledge(undefined);
    expect(touched()).toEqual([]);
  });

  it('takes nothing from devices of nobody', () => {
    const ward = new Ward();
    const link = {
      type: 'link',
      origin: 'live',
      device: 'w',
      connected: true,
      reason: '',
    } as const;
    ward.give({ ...link, patient: NOBODY, atMs: START_MS });
    ward.vital({ patient: NOBODY, bpm: 190 });
    const stray = { type: 'stray', device: 'w', origin: 'live', reason: 'not-admitted' } as const;
    ward.give({ ...stray, frames: 3, atMs: START_MS });
    expect([...ward.machine.patients].map(({ patient }) => patient)).toEqual(['P-01']);
  });

  it('says nothing before the first tick', () => {
    const ward = new Ward();
    expect(ward.vital({ fall: { score: 0.9 } })).toEqual([]);
    expect(changes(ward.tick())).toEqual(['fall raised on']);
  });

  it('gives no event for words of links, health, progress and tick', () => {
    const ward = new Ward();
    const { nowMs: atMs } = ward;
    const link = {
      type: 'link',
      patient: 'P-01',
      origin: 'live',
      device: 'w',
      reason: '',
    } as const;
    const given = [
      ward.give({ ...link, connected: false, atMs: 5 }),
      ward.give({ ...link, connected: true, atMs: 4 }),
      ward.give({ type: 'health', part: 'storage', ok: true, message: '', atMs }),
      ward.give({ type: 'progress', part: 'processor', partition: 0, tickMs: atMs }),
      ward.tick(),
    ];
    expect(given).toEqual([[], [], [], [], []]);
    expect([...ward.machine.patients][0]).toMatchObject({
      links: { w: { connected: false, atMs: 5 } },
    });
  });

  it('believes the later of two words of a link at the same moment', () => {
    const ward = new Ward();
    const link = {
      type: 'link',
      patient: 'P-01',
      origin: 'live',
      device: 'w',
      reason: '',
    } as const;
    ward.give({ ...link, connected: false, atMs: 5 });
    ward.give({ ...link, connected: true, atMs: 5 });
    expect([...ward.machine.patients][0]).toMatchObject({
      links: { w: { connected: true, atMs: 5 } },
    });
  });

  it('answers a fall by its own acknowledgement alone', () => {
    const ward = new Ward();
    const rate = alarmsOf(ward.pass(14, { bpm: 130 }))[0];
    const [fall] = alarmsOf(ward.vital({ bpm: 130, fall: { score: 0.9 } }));
    ward.acknowledge(rate);
    expect(ward.pass(4, { bpm: 130 })).toEqual([]);
    ward.second += 3;
    const answered = alarmsOf(ward.acknowledge(fall));
    expect(answered).toMatchObject([
      { change: 'acknowledged', atMs: ward.nowMs },
      { change: 'ended', endedBecause: 'acknowledged', atMs: ward.nowMs },
    ]);
  });

  it('dates the end of a discharge by the record', () => {
    const ward = new Ward();
    ward.pass(14, { bpm: 130 });
    ward.second += 7;
    expect(alarmsOf(ward.discharge())).toMatchObject([{ atMs: ward.nowMs }]);
  });
});

describe('limits', () => {
  const LOWER = { ...LIMITS, heartRateHighBpm: 70 };
  const say = (ward: Ward, patient: string, atMs: number, limits: typeof LIMITS | null) =>
    ward.give({ type: 'limits', patient, limits, by: 'x', atMs });

  it.each(['ward:main', 'P-01'])('of %s: the later word holds, of the same moment too', (owner) => {
    for (const [atMs, isHeard] of [
      [START_MS + 999, false],
      [START_MS + 1000, true],
    ] as const) {
      const ward = new Ward();
      say(ward, owner, START_MS + 1000, LIMITS);
      say(ward, owner, atMs, LOWER);
      expect(ward.pass(20, {}).length > 0).toBe(isHeard);
    }
  });

  it('of a ward are never nothing', () => {
    const ward = new Ward();
    expect(say(ward, 'ward:main', START_MS + 1, null)).toEqual([]);
    expect(changes(ward.pass(20, { bpm: 130 }))).toEqual(['heart-rate-high raised on']);
  });

  it('that end an alarm do so at once, of this ward alone', () => {
    const ward = new Ward();
    ward.pass(14, { bpm: 130 });
    expect(say(ward, 'ward:east', ward.nowMs, NO_LIMITS)).toEqual([]);
    expect(changes(say(ward, 'ward:main', ward.nowMs, NO_LIMITS))).toEqual([
      'heart-rate-high ended off',
    ]);
  });
});

describe('a status of a ward', () => {
  it('is of a ward, and not older than the last', () => {
    const ward = new Ward();
    ward.tick();
    const silent = ['a', 'b', 'c'];
    expect(ward.status({ patient: 'P-01', silent })).toEqual([]);
    ward.status({ atMs: ward.nowMs });
    expect(ward.status({ silent, atMs: ward.nowMs - 1 })).toEqual([]);
    expect(changes(ward.status({ silent, atMs: ward.nowMs }))).toEqual(['link-lost raised on']);
  });
});

describe('a patient before the admission', () => {
  it('is of the origin that the admission says', () => {
    const ward = new Ward(null);
    ward.setLimits(LIMITS, 'P-01');
    ward.give({
      type: 'admission',
      patient: 'P-01',
      origin: 'simulated',
      change: 'admitted',
      by: 'x',
      atMs: START_MS,
      admission: {
        ward: 'main',
        bed: null,
        label: '',
        admittedMs: 0,
        offWard: null,
        devices: [{ device: 'w', position: 'wrist', mode: 'continuous', sinceMs: 0 }],
      },
    });
    expect([...ward.machine.patients]).toMatchObject([{ origin: 'simulated', status: 'admitted' }]);
    ward.tick();
    ward.give({ type: 'vitals', vital: vitalOf(0, ward.nowMs, { device: 'w', bpm: 130 }) });
    expect(ward.pass(2)).toEqual([]);
  });
});
