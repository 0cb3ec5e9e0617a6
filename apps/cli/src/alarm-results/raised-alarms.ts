import { AlarmMachine } from '@app/alarms';
import { type AlarmEvent, type VitalSigns, NO_LIMITS } from '@app/contracts';

/** A time for which an alarm calls, s since the first sample; an alarm that does not end does so with the recording. */
export interface AlarmSpan {
  raisedS: number;
  endS: number;
}

export interface RaisedAlarms {
  /** About a rate above the limit. */
  high: AlarmSpan[];
  /** "Check patient": there is no number. */
  check: AlarmSpan[];
}

const WARD = 'main';

/**
 * The alarm machine over the results of a recording, whose wearer is admitted from the first second on, with one limit: the
 * ordinary upper one. The others are off, or the extreme limit would speak in its place. One tick a second of recorded time,
 * each before the results of that second. Nobody acknowledges anything.
 */
export function raisedAlarms(
  device: string,
  vitals: readonly VitalSigns[],
  limitBpm: number,
  recordedS: number,
): RaisedAlarms {
  const machine = admitted(device, limitBpm);
  const events: AlarmEvent[] = [];
  let next = 0;
  for (let s = 0; s <= recordedS; s++) {
    const caused = machine.apply({ type: 'tick', atMs: 1000 * s });
    for (; next < vitals.length && vitals[next]!.endMs <= 1000 * s; next++)
      caused.push(...machine.apply({ type: 'vitals', vital: vitals[next]! }));
    events.push(...caused.filter((event) => event.type === 'alarm'));
  }
  return {
    high: spansOf(events, 'heart-rate-high', recordedS),
    check: spansOf(events, 'check-patient', recordedS),
  };
}

function admitted(device: string, limitBpm: number): AlarmMachine {
  const machine = new AlarmMachine();
  const limits = { ...NO_LIMITS, heartRateHighBpm: limitBpm };
  machine.apply({ type: 'limits', patient: device, limits, by: 'nobody', atMs: 0 });
  machine.apply({
    type: 'admission',
    patient: device,
    origin: 'replay',
    change: 'admitted',
    by: 'nobody',
    atMs: 0,
    admission: {
      ward: WARD,
      bed: null,
      label: '',
      admittedMs: 0,
      offWard: null,
      devices: [{ device, position: 'wrist', mode: 'continuous', sinceMs: 0 }],
    },
  });
  return machine;
}

/** From each raise to the end of the condition. */
function spansOf(
  events: readonly AlarmEvent[],
  rule: AlarmEvent['rule'],
  recordedS: number,
): AlarmSpan[] {
  const spans: AlarmSpan[] = [];
  let raisedS: number | null = null;
  for (const event of events) {
    if (event.rule !== rule) continue;
    if (event.change === 'raised') raisedS = event.atMs / 1000;
    const isOver = event.change === 'condition-cleared' || event.change === 'ended';
    if (!isOver || raisedS === null) continue;
    spans.push({ raisedS, endS: event.atMs / 1000 });
    raisedS = null;
  }
  return raisedS === null ? spans : [...spans, { raisedS, endS: recordedS }];
}
