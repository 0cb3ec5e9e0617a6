import type { EvaluationRun } from './evaluation-runs.js';
import { mustsOf } from './musts.js';
import { hoursMoving } from './pooled-score.js';
import { protocol } from './protocol.js';
import { falseTable, limitTable, missedTable, mustTable } from './result-tables.js';
import type { ScoredRecording } from './score-recordings.js';

export interface FinishedRun extends Omit<EvaluationRun, 'recordings'> {
  recordings: ScoredRecording[];
}

/** docs/alarm-results.md. */
export function resultsPage(runs: readonly FinishedRun[]): string {
  const tests = runs.filter(({ isTest }) => isTest);
  const missed = tests.flatMap((run) =>
    mustsOf(run.recordings).flatMap((must) =>
      must.isReached ? [] : [`- ${titleOf(run)}: ${must.measure}: ${must.reached} (${must.asked})`],
    ),
  );
  const lacking = tests.some(({ set, left }) => set === 'BAMI' && left === 0)
    ? []
    : ['', 'BAMI is not tested in full here: networks that left its people out are missing.'];
  return [
    '# Alarms on real recordings',
    '',
    'Written by `vigil alarm-results DATASETS`; do not edit. What an alarm is: [alarms.md](alarms.md). What the models reach:',
    '[models.md](models.md).',
    '',
    'Not reached, of what was asked for:',
    '',
    ...(missed.length === 0 ? ['- none'] : missed),
    ...lacking,
    '',
    ...protocol(),
    ...runs.flatMap(section),
  ].join('\n');
}

export const titleOf = ({ set, model }: Pick<FinishedRun, 'set' | 'model'>): string =>
  `${set}, ${model}`;

function section(run: FinishedRun): string[] {
  const { recordings, isTest, left } = run;
  const hours = recordings.reduce((sum, { recordedS }) => sum + recordedS, 0) / 3600;
  const without = left === 0 ? '' : `; ${left} recordings have no such network and are left out`;
  return [
    `## ${titleOf(run)}${isTest ? '' : ': seen in training, no test'}`,
    '',
    `${recordings.length} recordings, ${hours.toFixed(2)} h, ${hoursMoving(recordings).toFixed(2)} h of it with a moving wrist${without}.`,
    '',
    ...mustTable(mustsOf(recordings), isTest),
    '',
    ...limitTable(recordings),
    '',
    ...missedTable(recordings),
    '',
    ...falseTable(recordings),
    '',
  ];
}
