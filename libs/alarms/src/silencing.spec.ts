import { describe, expect, it } from '@jest/globals';
import { ESCALATION, type EventRecord } from '@app/contracts';
import { Ward, alarmsOf, changes } from './testing/ward.js';

const of = (events: readonly EventRecord[], rule: string) =>
  alarmsOf(events).filter((event) => event.rule === rule);

describe('an alarm that another one speaks for', () => {
  it('does not go further, and counts anew when it speaks for itself again', () => {
    const ward = new Ward();
    const extreme = of(ward.pass(400, { bpm: 160 }), 'heart-rate-extreme-high')[0];
    expect(changes(of(ward.events, 'heart-rate-high'))).toEqual(['heart-rate-high raised on']);
    ward.acknowledge(extreme);
    const after = of(ward.pass(300, { bpm: 130 }), 'heart-rate-high');
    expect(after.map(({ change, escalation }) => `${change} ${escalation}`)).toEqual([
      'unsilenced bedside',
      'escalated ward',
    ]);
    const [unsilenced, escalated] = after;
    expect((escalated?.atMs ?? 0) - (unsilenced?.atMs ?? 0)).toBe(ESCALATION.medium.ward);
    expect(unsilenced?.silencedBy).toBeNull();
  });

  it('speaks for itself again when the other one is over, also when nobody has seen that: it goes further', () => {
    const ward = new Ward();
    ward.pass(20, { bpm: 160 });
    const from = ward.events.length;
    ward.pass(320, { bpm: 130 });
    const after = alarmsOf(ward.events.slice(from));
    expect(changes(after)).toEqual([
      'heart-rate-extreme-high condition-cleared latched',
      'heart-rate-high unsilenced on',
      'heart-rate-high escalated on',
      'heart-rate-high escalated on',
    ]);
    expect((after[2]?.atMs ?? 0) - (after[1]?.atMs ?? 0)).toBe(ESCALATION.medium.ward);
    expect(changes(ward.pass(8, { bpm: 160 }))).toEqual([
      'heart-rate-extreme-high raised on',
      'heart-rate-high silenced on',
    ]);
  });

  it('of the lower side, too', () => {
    const ward = new Ward();
    const [extreme, ordinary] = alarmsOf(ward.pass(20, { bpm: 30 }));
    expect(extreme).toMatchObject({
      rule: 'heart-rate-extreme-low',
      text: 'HR 30 (26–34) below the extreme limit 35 at rest for 4 s',
    });
    expect(ordinary).toMatchObject({
      rule: 'heart-rate-low',
      silencedBy: 'heart-rate-extreme-low',
      text: 'HR 30 (26–34) below 45 at rest for 10 s',
    });
  });

  it('is silent about an unusable signal while somebody is asked to look', () => {
    const ward = new Ward();
    ward.pass(4, {});
    const events = of(ward.pass(40, { bpm: null, withheld: 'no-signal' }), 'signal-unusable');
    expect(events.map(({ change, silencedBy, atMs }) => [change, silencedBy, atMs])).toEqual([
      ['raised', null, events[0]?.atMs],
      ['silenced', 'check-patient', (events[0]?.atMs ?? 0) + 8_000],
    ]);
  });

  it('says nothing when one speaker takes over from another', () => {
    const ward = new Ward();
    ward.pass(2, {});
    const silent = { silent: ['P-01', 'P-02', 'P-03'] };
    for (let second = 0; second < 35; second++) {
      ward.status(silent);
      ward.tick();
    }
    expect(of(ward.events, 'check-patient')).toMatchObject([{ silencedBy: 'link-lost' }]);
    ward.status();
    ward.tick();
    // the patient's own call for a look is back, and speaks for no-data from here on
    expect(changes(of(ward.events, 'check-patient')).at(-1)).toBe('check-patient unsilenced on');
    expect(changes(of(ward.events, 'no-data'))).toEqual(['no-data raised on']);
  });

  it('does not begin to call when link and number are back, while it waits for its end', () => {
    const ward = new Ward();
    ward.pass(2, {});
    for (let second = 0; second < 35; second++) {
      ward.status({ silent: ['P-01', 'P-02', 'P-03'] });
      ward.tick();
    }
    ward.status();
    const called = () => changes(of(ward.events, 'check-patient'));
    ward.vital({});
    ward.pass(4, {});
    expect(called()).toEqual(['check-patient raised on']);
    ward.pass(4, {});
    expect(called()).toEqual(['check-patient raised on', 'check-patient ended off']);
  });

  describe('after a link that three had lost together', () => {
    const called = (ward: Ward, rule = 'check-patient') => changes(of(ward.events, rule));

    /** One patient who was silent for so long, with two others, and whose link is back; then the numbers of before. */
    function silentTogether(seconds: number, bpm = 80): Ward {
      const ward = new Ward();
      ward.pass(2, { bpm });
      for (let second = 0; second < seconds; second++) {
        ward.status({ silent: ['P-01', 'P-02', 'P-03'] });
        ward.tick();
      }
      ward.status();
      return ward;
    }

    it('does not call for who has had a number a moment ago', () => {
      const ward = silentTogether(40);
      ward.vital({});
      ward.pass(28, { bpm: null });
      expect(called(ward)).toEqual(['check-patient raised on']);
      // without one for 30 s it is not the link any more
      ward.pass(2, { bpm: null });
      expect(called(ward)).toEqual(['check-patient raised on', 'check-patient unsilenced on']);
    });

    it.each([
      ['before', 40],
      ['after', 26],
    ])('gives 18 s for the first number, raised %s the link is back', (_, seconds) => {
      const ward = silentTogether(seconds);
      ward.vital({ bpm: null });
      ward.pass(18, { bpm: null });
      expect(of(ward.events, 'check-patient')).toMatchObject([
        { change: 'raised', silencedBy: 'link-lost' },
      ]);
      ward.pass(1, { bpm: null });
      expect(called(ward)).toEqual(['check-patient raised on', 'check-patient unsilenced on']);
    });

    it('gives them while results come, and once', () => {
      const ward = silentTogether(40);
      ward.vital({ bpm: null });
      ward.pass(6);
      expect(called(ward)).toEqual(['check-patient raised on']);
      ward.pass(1);
      expect(called(ward)).toEqual(['check-patient raised on', 'check-patient unsilenced on']);
      ward.pass(20);
      ward.pass(6, { bpm: null });
      expect(called(ward)).toHaveLength(2);
    });

    it('gives none to another silence, of one alone', () => {
      const ward = silentTogether(40);
      ward.pass(60, {});
      ward.pass(28);
      ward.vital({ bpm: null });
      ward.pass(4, { bpm: null });
      expect(of(ward.events, 'check-patient').at(-1)).toMatchObject({
        change: 'raised',
        silencedBy: null,
      });
    });

    it('is not silent about one who alone sends nothing again', () => {
      const ward = silentTogether(40);
      ward.vital({});
      ward.pass(2, { bpm: null });
      ward.pass(15);
      expect(of(ward.events, 'no-data').at(-1)).toMatchObject({
        change: 'raised',
        silencedBy: null,
      });
    });

    it('calls at once for who had a number beyond a limit, and has none', () => {
      const ward = silentTogether(40);
      ward.vital({ bpm: 130 });
      ward.tick();
      expect(called(ward)).toEqual(['check-patient raised on']);
      ward.vital({ bpm: null });
      expect(called(ward).at(-1)).toBe('check-patient unsilenced on');
      const before = silentTogether(40, 130);
      before.vital({ bpm: null });
      expect(of(before.events, 'check-patient')).toMatchObject([
        { change: 'raised', silencedBy: null, priority: 'medium' },
      ]);
    });
  });

  it('is not one about something else', () => {
    const ward = new Ward();
    ward.tick();
    ward.status({ silent: ['P-01', 'P-02', 'P-03'] });
    const silent = { silent: ['P-01', 'P-02', 'P-03'] };
    for (let second = 0; second < 40; second++) {
      ward.status(silent);
      ward.tick();
      ward.vital({ bpm: 130, battery: 0.1 });
    }
    expect(alarmsOf(ward.events).filter((e) => e.patient === 'P-01')).toMatchObject([
      { rule: 'heart-rate-high', silencedBy: null },
      { rule: 'battery-low', silencedBy: null },
    ]);
  });
});

describe('an alarm that worsens', () => {
  it('counts anew for its way further', () => {
    const ward = new Ward();
    ward.pass(20, {});
    const events = of(ward.pass(300, { bpm: null }), 'check-patient');
    expect(events.map(({ change }) => change)).toEqual(['raised', 'worsened', 'escalated']);
    const [, worsened, escalated] = events;
    expect((escalated?.atMs ?? 0) - (worsened?.atMs ?? 0)).toBe(ESCALATION.medium.ward);
  });

  it('that has gone further begins at the bed again', () => {
    const ward = new Ward();
    ward.pass(4, {});
    ward.vital({ fall: { score: 0.9 } });
    ward.pass(130, {});
    const [worse] = alarmsOf(ward.vital({ fall: { score: 0.9, stillSeconds: 2 } }));
    expect(worse).toMatchObject({ change: 'worsened', escalation: 'bedside' });
  });
});

describe('an alarm that does not call', () => {
  it('goes no further', () => {
    const ward = new Ward();
    const [raised] = alarmsOf(ward.pass(14, { bpm: 130 }));
    ward.pass(20, { bpm: 80 });
    ward.pass(400, { bpm: 80 });
    expect(alarmsOf(ward.acknowledge(raised))).toMatchObject([{ escalation: 'bedside' }]);
    const [second] = alarmsOf(ward.pass(14, { bpm: 130 }));
    ward.acknowledge(second);
    ward.pass(400, { bpm: 130 });
    expect(alarmsOf(ward.pass(20, { bpm: 80 }))).toMatchObject([
      { change: 'ended', escalation: 'bedside' },
    ]);
  });
});

describe('names', () => {
  it('say whose alarm, which rule, since when and which change', () => {
    const ward = new Ward();
    const [raised] = alarmsOf(ward.pass(14, { bpm: 130 }));
    const name = `P-01:heart-rate-high:${raised?.atMs}`;
    expect(raised).toMatchObject({ alarmId: name, id: `${name}:0`, sinceMs: raised?.atMs });
    const [acknowledged] = alarmsOf(ward.acknowledge(raised));
    expect(acknowledged).toMatchObject({ alarmId: name, id: `${name}:1`, sinceMs: raised?.atMs });
    const answer = { acknowledgedBy: 'nurse', acknowledgedMs: ward.nowMs, note: 'seen' };
    expect(alarmsOf(ward.pass(300, { bpm: 130 }))).toMatchObject([
      { change: 'reminded', id: `${name}:2`, ...answer },
    ]);
    const [ended] = alarmsOf(ward.pass(14, {}));
    expect(ended).toMatchObject({ id: `${name}:3`, ...answer });
    const [next] = alarmsOf(ward.pass(14, { bpm: 130 }));
    expect(next).toMatchObject({ alarmId: `P-01:heart-rate-high:${next?.atMs}` });
    expect(next?.id).toBe(`${next?.alarmId}:0`);
  });

  it('of the same second are told apart', () => {
    const ward = new Ward();
    ward.pass(4, {});
    const names = [1, 2, 3].map((n) => {
      const [raised] = alarmsOf(ward.vital({ fall: { score: 0.9, atMonotonicUs: n * 1e6 } }));
      ward.acknowledge(raised);
      return raised?.alarmId;
    });
    const name = `P-01:fall:${ward.nowMs}`;
    expect(names).toEqual([name, `${name}+`, `${name}++`]);
  });
});
