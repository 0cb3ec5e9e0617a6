import type { ActivityClass, AlarmRule } from '@app/contracts';
import { ALARM_RULES } from './alarm-rules.js';
import type { PatientAlarms, RuleState } from './alarm-state.js';
import { isConnected } from './device-links.js';
import { NO_FIRST_DATA_AFTER_MS } from './alarm-times.js';
import { type LimitInForce, isHeartRateRule } from './limit-in-force.js';
import type { PartitionState } from './partition-state.js';
import { statusOf } from './ward-conditions.js';

export interface Moment {
  rule: AlarmRule;
  own: RuleState;
  state: PatientAlarms;
  partition: PartitionState;
  limit: LimitInForce | null;
}

/** Why an alarm was raised, or has worsened, in one plain sentence: `HR 138 (131–144) above 120 at rest for 15 s`. */
export function alarmText(moment: Moment): string {
  const { rule, state, partition } = moment;
  const { latest } = state;
  const seconds = ALARM_RULES[rule].raiseDelayMs / 1000;
  switch (rule) {
    case 'heart-rate-extreme-high':
    case 'heart-rate-extreme-low':
    case 'heart-rate-high':
    case 'heart-rate-low':
      return heartRateText(moment);
    case 'fall': {
      const { score, stillSeconds } = state.fall ?? { score: 0, stillSeconds: 0 };
      const still =
        stillSeconds > 0
          ? `, the wrist still for ${Math.round(stillSeconds * 10) / 10} s after it`
          : '';
      return `Blow like a fall, score ${score.toFixed(2)}${still}`;
    }
    case 'check-patient':
      return noNumberText(moment);
    case 'no-data':
      return `No data for ${latest === null ? NO_FIRST_DATA_AFTER_MS / 1000 : ALARM_RULES[rule].raiseLevel} s${
        isConnected(state) ? ' although the device is connected' : ': the device is not connected'
      }`;
    case 'signal-unusable':
      return `The light signal has been unusable for ${seconds} s`;
    case 'sensor-off':
      return `The sensor has been off the body for ${seconds} s`;
    case 'battery-low':
      return `Battery at ${whole((latest?.battery ?? 0) * 100)} %`;
    case 'clock-implausible': {
      const errorMs = latest?.clockErrorMs ?? 0;
      const side = errorMs > 0 ? 'ahead of' : 'behind';
      return `The device's clock is ${whole(Math.abs(errorMs) / 1000)} s ${side} the station's`;
    }
    case 'link-lost':
    case 'models-unavailable':
    case 'storage-degraded':
    case 'canary-missing':
    case 'ward-unwatched':
      return wardText(rule, state, partition);
  }
}

function heartRateText({ rule, own, state, partition, limit }: Moment): string {
  if (!isHeartRateRule(rule) || state.latest === null) return '';
  const { estimateBpm, lowBpm, highBpm, withheld, activity } = state.latest;
  const { raiseDelayMs } = ALARM_RULES[rule];
  const { clockMs } = partition;
  const certainMs = clockMs - (own.certainSinceMs ?? clockMs);
  const isCertain = certainMs >= raiseDelayMs;
  const lastedMs = isCertain ? certainMs : clockMs - (own.presentSinceMs ?? clockMs);
  const often = own.wavered && !isCertain ? ', on and off' : '';
  const side = rule.endsWith('high') ? 'above' : 'below';
  const name = rule.startsWith('heart-rate-extreme') ? 'the extreme limit ' : '';
  const moved =
    limit?.because === 'walking' || limit?.because === 'running'
      ? `, the limit for ${limit.because},`
      : '';
  return (
    `HR ${whole(estimateBpm)} (${whole(lowBpm)}–${whole(highBpm)}${withheld === null ? '' : ', uncertain'}) ` +
    `${side} ${name}${whole(limit?.bpm)}${moved}${ACTIVITY_WORDS[activity]}${often} for ${whole(lastedMs / 1000)} s`
  );
}

const ACTIVITY_WORDS: Record<ActivityClass, string> = {
  rest: ' at rest',
  walking: ' while walking',
  stairs: ' on stairs',
  running: ' while running',
  other: ' while moving',
  unknown: '',
};

function noNumberText({ state, partition }: Moment): string {
  const { lastNumber, heardMs } = state;
  const seconds = whole((partition.clockMs - (lastNumber?.clockMs ?? heardMs)) / 1000);
  const last =
    lastNumber === null || lastNumber.beyondBpm === null
      ? ''
      : `; the last one was ${whole(lastNumber.bpm)}, ${lastNumber.bpm > lastNumber.beyondBpm ? 'above' : 'below'} ${lastNumber.beyondBpm}`;
  return `No heart rate for ${seconds} s${last}`;
}

function wardText(rule: AlarmRule, state: PatientAlarms, partition: PartitionState): string {
  const status = statusOf(partition, state.patient.slice(state.patient.indexOf(':') + 1));
  if (status === null) return '';
  if (rule === 'models-unavailable') return status.models ?? '';
  if (rule === 'storage-degraded') return status.storage ?? '';
  if (rule === 'canary-missing') return status.canary ?? '';
  if (rule === 'ward-unwatched') return status.unwatched ?? '';
  const share = `${status.silent.length} of ${status.expected} patients at once`;
  return status.because === 'processor'
    ? `No results for ${share}: the processor has stopped`
    : `No data from ${share}: the link is lost`;
}

function whole(value: number | null | undefined): string | number {
  return value === null || value === undefined ? '—' : Math.round(value);
}
