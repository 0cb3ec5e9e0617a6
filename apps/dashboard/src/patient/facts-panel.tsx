import type { PatientState, VitalSigns } from '@app/contracts';
import type { TileView } from '../wall/tile-view.js';
import { extremeWords, limitWords } from '../wall/limit-marks.js';
import { qualityWords } from '../words.js';

interface Props {
  state: PatientState;
  shown: TileView;
}

/** Where the number comes from, and how much it is worth. */
export function FactsPanel({ state, shown }: Props) {
  const vital = shown.quality === null ? null : state.vital;
  return (
    <section className="panel" aria-labelledby="facts">
      <div className="panel-head">
        <h2 id="facts">How sure</h2>
      </div>
      <dl className="facts">
        {factsOf(state, vital, shown).map(([term, words]) => (
          <div key={term} className="fact">
            <dt>{term}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function factsOf(
  { device, limits }: PatientState,
  vital: VitalSigns | null,
  { rate, movedHigh }: TileView,
): [string, string][] {
  const extremes = extremeWords(limits);
  const always: [string, string][] = [
    ['Limits', limitWords(limits, movedHigh)],
    ...(extremes === null ? [] : [['Extreme limits', extremes] satisfies [string, string]]),
    ['Device', device],
  ];
  if (vital === null) return always;
  const { heartRate, activity, quality, latencyMs } = vital;
  const cadence = activity.cadencePerMinute;
  return [
    [
      '90 % interval',
      rate.kind === 'number' && rate.lowBpm !== null
        ? `${rate.lowBpm} to ${rate.highBpm} BPM`
        : '—',
    ],
    [
      'Second opinion',
      heartRate.secondOpinionBpm === null ? '—' : `${Math.round(heartRate.secondOpinionBpm)} BPM`,
    ],
    ['Signal quality', `${qualityWords(quality).word}, ${Math.round(quality * 100)} %`],
    ['Activity', `${Math.round(activity.confidence * 100)} % sure`],
    ['Cadence', cadence === null ? '—' : `${Math.round(cadence)} steps/min`],
    ['Model', `${heartRate.model.name} ${heartRate.model.version}`],
    ['Activity model', `${activity.model.name} ${activity.model.version}`],
    ['Last sample to result', `${Math.round(latencyMs)} ms`],
    ...always,
  ];
}
