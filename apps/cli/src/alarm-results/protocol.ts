import { PULSE_LINE } from './pulse-line.js';
import { HYSTERESIS_BPM, LONG_EPISODE_S, RAISE_S } from './reference-episodes.js';
import { LATE_S, LONGEST_RAISE_S, USABLE_SHARE, WINDOW_S } from './score-alarms.js';
import { STILL_G } from './served-vitals.js';

/** How the figures come about. */
export function protocol(): string[] {
  return [
    '## How it is measured',
    '',
    '- **Chain.** Each recording goes through what serves live frames: filters and features of the program, ONNX Runtime, belief, quality,',
    '  abstention, and the alarm machine. Strictly causal; a result counts from the last sample of its window on, so what the way to the screen',
    '  takes is not in it. One tick for every second of recorded time.',
    '- **Patient.** Admitted at the first sample, with one limit: the ordinary upper one. All others are off, the extreme one too, which would',
    `  speak in its place and sooner. So the rule judged is \`heart-rate-high\`: ${RAISE_S} s with the whole interval beyond, or ${LONGEST_RAISE_S} s with the estimate.`,
    '- **Reference.** The authors’ labels from a chest ECG, as a mean over 8 s around each moment. Of BAMI the clocks of ECG and light differ, by',
    '  one lag for each recording, which `python3 -m training.heart_rate.lags` finds by the light and writes to `training/heart_rate/bami_lags.json`; no lag on SPC 2015.',
    `- **Episode.** The same rule on the reference: beyond the limit for ${RAISE_S} s without a break. It begins with the first moment beyond, and ends when`,
    `  the reference goes ${HYSTERESIS_BPM} BPM inside the limit and is not beyond again for 10 s. Its length is from there to there, also where it is within`,
    `  these ${HYSTERESIS_BPM} BPM for a part of it. Counted are those of ${LONG_EPISODE_S} s or more, the shorter ones beside.`,
    '- **Missed.** No alarm was on at any moment from the end of the rule’s delay to the end of the episode. An alarm that comes after the end',
    `  (within ${LATE_S} s) is too late, and a miss. "Check patient" is not counted as an alarm.`,
    `- **Usable.** In at least ${100 * USABLE_SHARE} % of the episode’s windows of 8 s the pulse can be seen in the raw light by who knows where to look: at least one`,
    `  channel’s spectrum reaches ${PULSE_LINE.timesMedian} times its median amplitude (30 to 220 BPM) within ±${PULSE_LINE.withinBpm} BPM of the reference. The program’s own quality has no say,`,
    '  and a line that movement happens to draw there counts too: this excuses little.',
    `- **False.** The reference was never beyond the limit less ${HYSTERESIS_BPM} BPM in the ${LONGEST_RAISE_S + WINDOW_S} s before the alarm (the longest delay and the window). _Strictly_: never`,
    `  beyond the limit itself in the ${LONGEST_RAISE_S} s before it. Per hour of exercise: hours with a moving wrist (more than ${STILL_G} g), although the alarms of all hours count.`,
    '- **Onset to alarm.** Of every episode in which an alarm was raised, short ones too; not of those where one was on already.',
    '',
    'The people are healthy adults on treadmills and doing arm exercise: most crossings are fast, and those that are slow are a matter of 1 or 2 BPM.',
    'The sensor is at the wrist, and nobody has an arrhythmia: nothing is said here of a ward.',
    '',
    'One rule was changed after such figures had been seen: a rate that wavers around its limit ([alarms.md](alarms.md#when-is-it-crossed)). BAMI spoke for it: before, the',
    'median at 160 BPM was 16 s beyond the delay for people left out (of 24 recordings), and three episodes of people seen in training were missed. The figures of SPC 2015 were',
    'seen at the same time (one of 72 missed before) and decided nothing; so of this rule BAMI is no test, and SPC 2015 is. One threshold of the signal,',
    'which tells light that is noise alone, lies below the least window of both sets and so withholds none of theirs.',
    '',
  ];
}
