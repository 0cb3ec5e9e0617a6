import type { Must } from './musts.js';
import { pooledScores } from './pooled-score.js';
import { HYSTERESIS_BPM, lengthOf } from './reference-episodes.js';
import { isLong, isMissed, isUsable } from './score-alarms.js';
import type { ScoredRecording } from './score-recordings.js';

export function mustTable(musts: readonly Must[], isTest: boolean): string[] {
  return table(
    ['measure', 'reached', 'must', ''],
    musts.map(({ measure, reached, asked, isReached }) => [
      measure,
      reached,
      asked,
      isTest ? (isReached ? 'reached' : '**not reached**') : 'no test',
    ]),
  );
}

export function limitTable(recordings: readonly ScoredRecording[]): string[] {
  return table(
    [
      'limit, BPM',
      'episodes ≥ 30 s',
      'missed',
      'usable ones',
      'missed',
      'shorter ones',
      'missed',
      'already on',
      'alarms',
      'false',
      'strictly',
      'false per h',
      'onset to alarm: median',
      'p90',
      'most',
      'median beyond the delay',
    ],
    pooledScores(recordings).map((score) => [
      score.limitBpm,
      score.episodes,
      score.missed,
      score.usable,
      score.usableMissed,
      score.short,
      score.shortMissed,
      score.alreadyOn,
      score.alarms,
      score.falseAlarms,
      score.strictlyFalse,
      score.falsePerHour.toFixed(2),
      ...(score.onsetToAlarmS === null
        ? ['–', '–', '–', '–']
        : [
            `${score.onsetToAlarmS.median} s`,
            `${score.onsetToAlarmS.p90} s`,
            `${score.onsetToAlarmS.most} s`,
            `${score.onsetToAlarmS.beyondDelay} s`,
          ]),
    ]),
  );
}

/** Every missed episode of 30 s and more, with what the chain said in it. */
export function missedTable(recordings: readonly ScoredRecording[]): string[] {
  const rows = recordings.flatMap(({ device, limits }) =>
    limits.flatMap(({ limitBpm, episodes, seen }) =>
      episodes.flatMap((episode, i) => {
        if (!isLong(episode) || !isMissed(episode)) return [];
        const { errorBpm, numbers, check } = seen[i]!;
        return [
          [
            device,
            limitBpm,
            `${episode.onsetS} s`,
            `${lengthOf(episode)} s`,
            `${episode.beyondS} s`,
            `${(episode.peakBpm - limitBpm).toFixed(1)} BPM`,
            `${percent(episode.visible)}${isUsable(episode) ? '' : ' (not usable)'}`,
            errorBpm === null ? '–' : `${errorBpm.toFixed(1)} BPM`,
            percent(numbers),
            episode.outcome === 'late'
              ? 'alarm after its end'
              : check
                ? 'check patient'
                : 'nothing',
          ],
        ];
      }),
    ),
  );
  if (rows.length === 0) return ['No episode of 30 s or more was missed.'];
  return table(
    [
      'missed',
      'limit',
      'onset at',
      'length',
      'beyond the limit',
      'by at most',
      'pulse visible',
      'median error of the estimate',
      'numbers shown',
      'what was called',
    ],
    rows,
  );
}

/** Every alarm that is false by the stricter reading. */
export function falseTable(recordings: readonly ScoredRecording[]): string[] {
  const rows = recordings.flatMap(({ device, limits }) =>
    limits.flatMap(({ limitBpm, alarms }) =>
      alarms
        .filter(({ isStrictlyFalse, isFalse }) => isStrictlyFalse || isFalse)
        .map(({ raisedS, highestBpm, isFalse }) => [
          device,
          limitBpm,
          `${raisedS} s`,
          `${(limitBpm - highestBpm).toFixed(1)} BPM`,
          isFalse ? 'false' : `strictly: within ${HYSTERESIS_BPM} BPM, or in the window before`,
        ]),
    ),
  );
  if (rows.length === 0) return ['No false alarm, by either count.'];
  return table(['false alarm', 'limit', 'raised at', 'reference below the limit by', ''], rows);
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

function table(
  heading: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string[] {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(heading), `|${'---|'.repeat(heading.length)}`, ...rows.map(line)];
}
