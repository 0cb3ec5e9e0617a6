import { describe, expect, it } from '@jest/globals';
import { AlarmMachine } from './alarm-machine.js';
import { type PartitionView, wardOverview } from './ward-overview.js';
import { LIMITS, Ward, alarmsOf, changes } from './testing/ward.js';

describe('the alarms of a ward', () => {
  it('are raised from its status, in its own partition alone', () => {
    const ward = new Ward();
    ward.pass(4, {});
    const trouble = { silent: ['P-02', 'P-03', 'P-04'], expected: 9 };
    expect(ward.status({ ...trouble, home: false })).toEqual([]);
    const [raised] = alarmsOf(ward.status(trouble));
    expect(raised).toMatchObject({
      patient: 'ward:main',
      rule: 'link-lost',
      priority: 'medium',
      kind: 'technical',
      text: 'No data from 3 of 9 patients at once: the link is lost',
    });
    ward.status();
    expect(changes(ward.pass(5, {}))).toEqual(['link-lost ended off']);
  });

  it('name the processor when it is that', () => {
    const ward = new Ward();
    ward.tick();
    const silent = ['a', 'b', 'c'];
    const [raised] = alarmsOf(ward.status({ silent, because: 'processor' }));
    expect(raised?.text).toBe('No results for 3 of 4 patients at once: the processor has stopped');
  });

  it('tell of models and storage after their delay', () => {
    const ward = new Ward();
    ward.tick();
    const events = alarmsOf(
      Array.from({ length: 32 }, () => [
        ...ward.status({ models: 'no network', storage: 'the store is away' }),
        ...ward.tick(),
      ]).flat(),
    ).filter(({ patient }) => patient === 'ward:main');
    expect(events.map(({ rule, text, atMs }) => [rule, text, atMs - events[0]!.atMs])).toEqual([
      ['models-unavailable', 'no network', 0],
      ['storage-degraded', 'the store is away', 20_000],
    ]);
  });

  it('tell of a canary that is missing and of a ward that nobody watches', () => {
    const ward = new Ward();
    ward.tick();
    const events = Array.from({ length: 32 }, () => [
      ...ward.status({ canary: 'no canary for 3 min', unwatched: 'no dashboard is open' }),
      ...ward.tick(),
    ]).flat();
    expect(
      alarmsOf(events)
        .filter(({ patient }) => patient === 'ward:main')
        .map(({ rule, priority, text, atMs }) => [rule, priority, text, atMs - ward.nowMs]),
    ).toEqual([
      ['canary-missing', 'medium', 'no canary for 3 min', -32_000],
      ['ward-unwatched', 'high', 'no dashboard is open', -2_000],
    ]);
    expect(changes(ward.status())).toEqual([
      'canary-missing ended off',
      'ward-unwatched ended off',
    ]);
  });

  it('are not ended by a status that is no longer told', () => {
    const ward = new Ward();
    ward.tick();
    const silent = ['a', 'b', 'c'];
    ward.status({ silent });
    expect(changes(ward.pass(29)).filter((one) => one.startsWith('link'))).toEqual([]);
    ward.pass(100);
    expect(changes(ward.events).filter((one) => one.includes('ended'))).toEqual([]);
  });

  it('are acknowledged like any other', () => {
    const ward = new Ward();
    ward.tick();
    const [raised] = alarmsOf(ward.status({ silent: ['a', 'b', 'c'] }));
    expect(changes(ward.acknowledge(raised, 'ward:main'))).toEqual(['link-lost acknowledged ack']);
  });

  it('call again for patients whom they had not named when they were acknowledged', () => {
    const ward = new Ward();
    ward.tick();
    const text = (silent: number) =>
      `No data from ${silent} of 9 patients at once: the link is lost`;
    const silent = ['a', 'b', 'c'];
    const [raised] = alarmsOf(ward.status({ silent, expected: 9 }));
    ward.acknowledge(raised, 'ward:main');
    ward.restart();
    // nobody new, also when one of them comes and goes
    for (const back of [['a', 'b'], silent, ['b', 'c']])
      expect([...ward.status({ silent: back, expected: 9 }), ...ward.tick()]).toEqual([]);
    const [worse] = alarmsOf(ward.status({ silent: ['b', 'c', 'e', 'f'], expected: 9 }));
    expect(worse).toMatchObject({
      rule: 'link-lost',
      change: 'worsened',
      signal: 'on',
      priority: 'medium',
      acknowledgedBy: null,
      text: text(4),
    });
    expect(changes(ward.acknowledge(worse, 'ward:main'))).toEqual(['link-lost acknowledged ack']);
    expect(ward.status({ silent: ['a', 'e', 'f'], expected: 9 })).toHaveLength(1);
  });

  it('call again at once when somebody fell silent after them, before they were acknowledged', () => {
    const ward = new Ward();
    ward.tick();
    const silent = ['a', 'b', 'c'];
    const [raised] = alarmsOf(ward.status({ silent, expected: 9 }));
    // while it calls it calls
    expect(ward.status({ silent: [...silent, 'd'], expected: 9 })).toEqual([]);
    const answer = alarmsOf(ward.acknowledge(raised, 'ward:main'));
    expect(changes(answer)).toEqual(['link-lost acknowledged ack', 'link-lost worsened on']);
    expect(answer[1]?.text).toBe('No data from 4 of 9 patients at once: the link is lost');
    expect(changes(ward.acknowledge(answer[1], 'ward:main'))).toEqual([
      'link-lost acknowledged ack',
    ]);
  });

  it('answer for whom they named, also while nobody knows who is silent', () => {
    const ward = new Ward();
    ward.tick();
    const silent = ['a', 'b', 'c'];
    const [raised] = alarmsOf(ward.status({ silent }));
    ward.pass(31);
    ward.acknowledge(raised, 'ward:main');
    expect(changes(ward.status({ silent }))).toEqual([]);
    expect(changes(ward.status({ silent: ['a', 'b', 'd'] }))).toEqual(['link-lost worsened on']);
  });

  it('speak for the silence of their patients, but not for who was beyond a limit', () => {
    for (const [bpm, silencedBy] of [
      [80, 'link-lost'],
      [130, null],
    ] as const) {
      const ward = new Ward();
      ward.pass(2, { bpm });
      const events = alarmsOf(
        Array.from({ length: 20 }, () => [
          ...ward.status({ silent: ['P-01', 'P-02', 'P-03'] }),
          ...ward.tick(),
        ]).flat(),
      );
      const [noData] = events.filter(({ rule }) => rule === 'no-data');
      expect(noData).toMatchObject({ change: 'raised', silencedBy });
    }
  });

  it('speak for half a minute without another word, and no longer', () => {
    const ward = new Ward();
    ward.pass(2, {});
    ward.status({ silent: ['P-01', 'P-02', 'P-03'] });
    const speaks = (events: ReturnType<Ward['pass']>) =>
      alarmsOf(events).filter(({ rule }) => rule === 'no-data' || rule === 'check-patient');
    expect(speaks(ward.pass(30)).map(({ silencedBy }) => silencedBy)).toEqual([
      'link-lost',
      'link-lost',
    ]);
    expect(changes(speaks(ward.pass(1)))).toEqual(['check-patient unsilenced on']);
    expect([...ward.machine.patients].at(-1)?.alarms['link-lost']?.condition).toBe('unknown');
  });

  it('speak no longer when the group is gone', () => {
    const ward = new Ward();
    ward.pass(2, {});
    ward.pass(10);
    ward.status({ silent: ['P-01', 'P-02', 'P-03'] });
    ward.pass(6);
    ward.status();
    expect(changes(ward.tick())).toContain('no-data unsilenced on');
  });
});

describe('the overview of a ward', () => {
  const overview = (...wards: Ward[]) => {
    const views = wards.map(({ machine }): PartitionView => machine);
    return wardOverview(views, 'live', wards[0]?.nowMs ?? 0);
  };

  /** `patients` send for 20 s, then so many seconds of silence. */
  function wardOf(patients: number, silentSeconds: readonly number[]): Ward {
    const ward = new Ward();
    ward.discharge();
    const names = Array.from({ length: patients }, (_, i) => `P-${i}`);
    for (const name of names) ward.admit(name);
    const seconds = Math.max(...silentSeconds, 0) + 20;
    for (let second = 0; second < seconds; second++) {
      ward.tick();
      for (const [i, patient] of names.entries())
        if (second < seconds - (silentSeconds[i] ?? 0)) ward.vital({ patient });
    }
    return ward;
  }

  it('sees a group of three who fell silent together, over all partitions', () => {
    expect(overview(wardOf(2, [12, 12]), wardOf(2, [12]))).toMatchObject([
      { patient: 'ward:main', expected: 4, silent: ['P-0', 'P-0', 'P-1'], because: 'links' },
    ]);
  });

  it.each([
    ['two are no group', 4, [12, 12], 0],
    ['three are', 4, [12, 12, 12], 3],
    ['nine seconds are no silence', 4, [9, 9, 9], 0],
    ['ten are', 4, [10, 10, 10], 3],
    ['half a minute apart is together', 4, [12, 42, 12], 3],
    ['longer is not', 4, [12, 43, 12], 0],
    ['longer is not, whoever was first', 4, [43, 12, 12], 0],
    ['a quarter of a ward is a group', 12, [12, 12, 12], 3],
    ['less is not', 13, [12, 12, 12], 0],
  ])('%s', (_, patients, silent, expected) => {
    expect(overview(wardOf(patients, silent))[0]?.silent).toHaveLength(expected);
  });

  it('expects nothing of who is off the ward, without a device, on a spot check or never heard', () => {
    const ward = wardOf(5, [12, 12, 12]);
    ward.admit('P-0', { offWard: { reason: 'shower', sinceMs: 1 } });
    ward.admit('P-1', { devices: [] });
    const spot = { device: 'P-2-watch', position: 'wrist', mode: 'spot', sinceMs: 1 } as const;
    ward.admit('P-2', { devices: [spot] });
    ward.admit('P-9');
    // and of who is not admitted; all of them have sent just now
    for (const patient of ['P-0', 'P-2', 'P-8']) ward.vital({ patient });
    expect(overview(ward)).toMatchObject([{ type: 'ward-status', expected: 2, silent: [] }]);
    ward.admit('P-2', { devices: [spot, { ...spot, device: 'other', mode: 'continuous' }] });
    expect(overview(ward)).toMatchObject([{ expected: 3 }]);
  });

  it('counts who came back', () => {
    const ward = new Ward();
    ward.admit('P-01', { offWard: { reason: 'shower', sinceMs: 1 } });
    ward.pass(200, {});
    expect(overview(ward)).toMatchObject([{ expected: 1 }]);
  });

  it('tells of a processor that stands still, of models and of storage', () => {
    const ward = wardOf(1, []);
    const { nowMs } = ward;
    const progress = { type: 'progress', part: 'processor', partition: 0 } as const;
    const health = { type: 'health', part: 'storage', message: 'away' } as const;
    ward.give({ ...progress, tickMs: nowMs - 5_000 });
    ward.give({ ...health, ok: true, atMs: nowMs });
    expect(overview(ward)).toMatchObject([{ because: 'links', models: null, storage: null }]);
    ward.give({ ...progress, partition: 1, tickMs: nowMs, without: 'Falls are not looked for' });
    ward.give({ ...progress, tickMs: nowMs - 5_001 });
    ward.give({ ...health, ok: false, atMs: nowMs });
    expect(overview(ward)).toMatchObject([
      { because: 'processor', models: 'Falls are not looked for', storage: 'away' },
    ]);
    ward.give({ ...health, ok: true, atMs: nowMs - 90_000 });
    expect(overview(ward)[0]?.storage).toBeNull();
    ward.give({ ...health, ok: true, atMs: nowMs - 90_001 });
    expect(overview(ward)[0]?.storage).toBe('Nothing is heard from the writer of the history');
  });

  it('tells of the canary, and of the ward that has no dashboard', () => {
    const ward = wardOf(1, []);
    ward.setLimits(LIMITS, 'ward:east');
    const health = { type: 'health', ok: false, atMs: ward.nowMs } as const;
    ward.give({ ...health, part: 'canary', message: 'no canary' });
    ward.give({ ...health, part: 'dashboards', ward: 'east', message: 'no dashboard' });
    ward.give({ ...health, part: 'dashboards', ward: 'main', ok: true, message: '' });
    expect(overview(ward)).toMatchObject([
      { patient: 'ward:main', canary: 'no canary', unwatched: null },
      { patient: 'ward:east', canary: 'no canary', unwatched: 'no dashboard' },
    ]);
    ward.second += 91;
    expect(overview(ward)).toMatchObject([
      {
        canary: 'Nothing is heard from the watch over the canary',
        unwatched: 'Nothing is heard from the gateway',
      },
      {},
    ]);
  });

  it('takes the newest word of storage', () => {
    const [old, young] = [wardOf(1, []), wardOf(1, [])];
    const health = { type: 'health', part: 'storage', message: 'away' } as const;
    old.give({ ...health, ok: false, atMs: old.nowMs - 2 });
    young.give({ ...health, ok: true, atMs: old.nowMs - 1 });
    expect(overview(old, young)[0]?.storage).toBeNull();
    expect(overview(young, old)[0]?.storage).toBeNull();
  });

  it('knows no ward of an empty machine', () => {
    expect(wardOverview([new AlarmMachine()], 'live', 0)).toEqual([]);
  });
});
