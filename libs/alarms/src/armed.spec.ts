import { describe, expect, it } from '@jest/globals';
import type { Admission, AlarmRule, MonitoringMode } from '@app/contracts';
import { PATIENT_RULES } from './alarm-rules.js';
import { type PatientAlarms, newPatientAlarms } from './alarm-state.js';
import { armedOf } from './armed.js';

const EXTREME: AlarmRule[] = ['heart-rate-extreme-high', 'heart-rate-extreme-low'];
const ABOUT_THE_BODY: AlarmRule[] = [...EXTREME, 'heart-rate-high', 'heart-rate-low', 'fall'];
const OF_THE_DEVICE: AlarmRule[] = [
  'no-data',
  'signal-unusable',
  'sensor-off',
  'battery-low',
  'clock-implausible',
];

function admitted(modes: MonitoringMode[], change: Partial<PatientAlarms> = {}): PatientAlarms {
  const admission: Admission = {
    ward: 'main',
    bed: null,
    label: '',
    admittedMs: 0,
    offWard: null,
    devices: modes.map((mode, i) => ({ device: `d${i}`, position: 'wrist', mode, sinceMs: 0 })),
  };
  return { ...newPatientAlarms('P', 'live', 'admitted', 0), admission, ...change };
}

const armed = (state: PatientAlarms, as: string) =>
  new Set(PATIENT_RULES.filter((rule) => armedOf(rule, state) === as));
const unseen = newPatientAlarms('P', 'live', 'unseen', 0);
const offWard = { offWardMs: 0, goodSinceMs: null };

describe('rules that apply', () => {
  it.each<[string, PatientAlarms, AlarmRule[]]>([
    ['all, with a continuous device', admitted(['continuous']), [...PATIENT_RULES]],
    ['all, with one of two', admitted(['spot', 'continuous']), [...PATIENT_RULES]],
    [
      'not those about silence, on spot checks',
      admitted(['spot']),
      [...ABOUT_THE_BODY, 'battery-low', 'clock-implausible'],
    ],
    ['none without a device', admitted([]), []],
    [
      'the extreme ones off the ward',
      admitted(['continuous'], { returnCheck: { ...offWard, returned: false } }),
      EXTREME,
    ],
    [
      'all who is back',
      admitted(['continuous'], { returnCheck: { ...offWard, returned: true } }),
      [...PATIENT_RULES],
    ],
    ['none who was never heard of', unseen, []],
    [
      'those of the device who is not admitted and connected',
      { ...unseen, links: { w: { connected: true, atMs: 1 } } },
      OF_THE_DEVICE,
    ],
    ['none after the discharge', newPatientAlarms('P', 'live', 'discharged', 0), []],
  ])('%s', (_, state, rules) => {
    expect(armed(state, 'on')).toEqual(new Set(rules));
  });

  it('leave what was raised about the body to be seen when the device is gone', () => {
    expect(armed(admitted([]), 'unmonitored')).toEqual(new Set(ABOUT_THE_BODY));
  });

  it('of the device, when something was heard of it', () => {
    const heard = { ...unseen, latest: {} as PatientAlarms['latest'] };
    expect(armed(heard, 'on')).toEqual(new Set(OF_THE_DEVICE));
  });
});
