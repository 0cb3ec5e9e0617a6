import { ESCALATION } from '@app/contracts';
import { ALARM_RULES, RULE_NAMES, estimateTotalDelayMs, totalDelayMs } from '../alarm-rules.js';
import { TRANSITIONS } from '../transitions.js';

/** The tables of docs/alarms.md, as Prettier writes them. */
export function alarmTables(): string[] {
  return [levelsTable(), delaysTable(), transitionsTable(), escalationTable()];
}

function levelsTable(): string {
  return table(
    ['rule', 'kind', 'priority', 'worsens', 'raise', 'clear', 'unit', 'latches', 'default'],
    RULE_NAMES.map((rule) => {
      const { kind, priority, worsens, raiseLevel, clearLevel, unit, latching } = ALARM_RULES[rule];
      const clear = raiseLevel === 'limit' ? `${clearLevel} inside` : (clearLevel ?? '–');
      const worse = worsens === null ? '–' : `${worsens.to}: ${worsens.when}`;
      return [
        `\`${rule}\``,
        kind,
        priority,
        worse,
        raiseLevel ?? 'yes or no',
        clear,
        unit ?? '–',
        latching ? 'yes' : 'no',
        ALARM_RULES[rule].default,
      ];
    }),
  );
}

const DELAY_COLUMNS =
  'rule|window|quality|raise delay|estimate alone|total|total by the estimate alone|clear delay|why'.split(
    '|',
  );

function delaysTable(): string {
  return table(
    DELAY_COLUMNS,
    RULE_NAMES.map((rule) => {
      const { windowMs, qualityMs, raiseDelayMs, uncertainRaiseDelayMs, clearDelayMs, source } =
        ALARM_RULES[rule];
      return [
        `\`${rule}\``,
        seconds(windowMs),
        seconds(qualityMs),
        seconds(raiseDelayMs),
        seconds(uncertainRaiseDelayMs),
        seconds(totalDelayMs(rule)),
        seconds(estimateTotalDelayMs(rule)),
        seconds(clearDelayMs),
        source,
      ];
    }),
  );
}

function transitionsTable(): string {
  return table(
    ['from', 'cause', 'to', 'event', 'only'],
    TRANSITIONS.map(({ from, cause, to, change, latching, endedBecause }) => {
      const only =
        latching === null ? '' : latching ? 'rules that latch' : 'rules that do not latch';
      const event = endedBecause === null ? change : `${change} (${endedBecause})`;
      return [from, cause, to, event, only];
    }),
  );
}

function escalationTable(): string {
  return table(
    ['priority', 'every screen of the ward', 'webhook'],
    Object.entries(ESCALATION).map(([priority, { ward, webhook }]) => [
      priority,
      seconds(ward),
      seconds(webhook),
    ]),
  );
}

function seconds(ms: number | null): string {
  return ms === null ? '–' : `${ms / 1000} s`;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const all = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  const [first, ...rest] = all.map(line);
  return [first, rule, ...rest].join('\n');
}
