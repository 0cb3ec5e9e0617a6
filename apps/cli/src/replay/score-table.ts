import type { Score } from './score.js';

export interface ScoreRow {
  name: string;
  score: Score;
}

const COLUMNS: { title: string; text: (score: Score) => string }[] = [
  { title: 'windows', text: (score) => String(score.windows) },
  { title: 'missing', text: (score) => String(score.withoutResult + score.withoutEstimate) },
  { title: 'MAE', text: (score) => bpm(score.maeBpm) },
  { title: 'MAE 8 s', text: (score) => bpm(score.laggedMaeBpm) },
  { title: 'within', text: (score) => percent(score.withinTolerance) },
  { title: 'covered', text: (score) => percent(score.intervalCoverage) },
  { title: 'answered', text: (score) => percent(score.answered) },
  { title: 'MAE answ.', text: (score) => bpm(score.answeredMaeBpm) },
  { title: 'within answ.', text: (score) => percent(score.answeredWithinTolerance) },
];

/** The table of `vigil replay`: a row per recording and the total. */
export function scoreTable(rows: readonly ScoreRow[], total: ScoreRow): string {
  const cells = [
    ['recording', ...COLUMNS.map((column) => column.title)],
    ...[...rows, total].map(({ name, score }) => [
      name,
      ...COLUMNS.map((column) => column.text(score)),
    ]),
  ];
  const widths = cells[0]!.map((_, i) => Math.max(...cells.map((row) => row[i]!.length)));
  const lines = cells.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  '),
  );
  const rule = '-'.repeat(lines[0]!.length);
  return [lines[0], rule, ...lines.slice(1, -1), rule, lines.at(-1), '', LEGEND, ''].join('\n');
}

const LEGEND =
  'MAE in BPM over every window with an estimate, also where no number was shown; 8 s: with 8 s of delay; within: max(5 BPM, 10 %); covered: by the\n' +
  '90 % interval; answ.: of the windows whose number was shown. Missing windows count as neither within nor covered.';

function bpm(value: number | null): string {
  return value === null ? '-' : value.toFixed(2);
}

function percent(share: number | null): string {
  return share === null ? '-' : `${(100 * share).toFixed(1)} %`;
}
