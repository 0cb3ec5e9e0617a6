import type { BodyPosition, MonitoringMode } from '@app/contracts';

export const POSITION_WORDS: Record<BodyPosition, string> = {
  unspecified: 'Not said',
  wrist: 'Wrist',
  finger: 'Finger',
  'upper-arm': 'Upper arm',
  chest: 'Chest',
  waist: 'Waist',
  pocket: 'Pocket',
  ear: 'Ear',
};

export const POSITION_OPTIONS = (Object.keys(POSITION_WORDS) as BodyPosition[])
  // What is not said comes last: it is the answer of who does not know.
  .toSorted((a, b) => Number(a === 'unspecified') - Number(b === 'unspecified'))
  .map((value) => ({ value, words: POSITION_WORDS[value] }));

export const MODE_WORDS: Record<MonitoringMode, { words: string; hint: string }> = {
  continuous: { words: 'Continuous', hint: 'Silence is a fault, and alarms.' },
  spot: { words: 'Spot check', hint: 'A short check now and then: its end is no loss of data.' },
};

export const MODE_OPTIONS = (Object.keys(MODE_WORDS) as MonitoringMode[]).map((value) => ({
  value,
  ...MODE_WORDS[value],
}));
