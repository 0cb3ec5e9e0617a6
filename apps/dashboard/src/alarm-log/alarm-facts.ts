import type { AlarmCondition, AlarmEvent, LimitSource } from '@app/contracts';
import { ACTIVITY_WORDS, WITHHELD_WORDS, qualityWords } from '../words.js';

const LIMIT_SOURCE_WORDS: Record<LimitSource, string> = {
  ward: 'limit of the ward',
  patient: 'the patient’s own limit',
  walking: 'moved while walking',
  running: 'moved while running',
};

const CONDITION_WORDS: Record<AlarmCondition, string> = {
  present: 'Present',
  absent: 'Over',
  unknown: 'Unknown: nothing says that it is over',
};

/** What was true when the alarm changed, as terms and words; what does not belong to its kind is left out. */
export function alarmFacts(event: AlarmEvent): [term: string, words: string][] {
  const facts: [string, string | null][] = [
    ['Heart rate', valueWords(event)],
    ['Limit', limitWords(event)],
    ['Condition', CONDITION_WORDS[event.condition]],
    ['Activity', event.activity ? ACTIVITY_WORDS[event.activity] : null],
    ['Signal quality', event.quality === null ? null : qualityOf(event.quality)],
    ['Model', event.model === null ? null : `${event.model.name} ${event.model.version}`],
    ['Device', event.samples?.device ?? null],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== null);
}

/** `132 BPM (128–137)`; with the reason when nobody was shown it. */
function valueWords({ valueBpm, lowBpm, highBpm, withheld }: AlarmEvent): string | null {
  const why = withheld ? WITHHELD_WORDS[withheld].toLowerCase() : null;
  if (valueBpm === null) return why === null ? null : `No number: ${why}`;
  const interval =
    lowBpm === null || highBpm === null ? '' : ` (${Math.round(lowBpm)}–${Math.round(highBpm)})`;
  const value = `${Math.round(valueBpm)} BPM${interval}`;
  return why === null ? value : `${value}, not shown: ${why}`;
}

function limitWords({ limitBpm, limitBecause }: AlarmEvent): string | null {
  if (limitBpm === null) return null;
  return limitBecause ? `${limitBpm} BPM, ${LIMIT_SOURCE_WORDS[limitBecause]}` : `${limitBpm} BPM`;
}

function qualityOf(quality: number): string {
  return `${qualityWords(quality).word}, ${Math.round(quality * 100)} %`;
}
