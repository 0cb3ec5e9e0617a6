import type { ModelDrift, ShadowComparison } from '@app/contracts';
import type { ProcessMetrics } from '../../operations/metrics-sources.js';

/** The metrics of the processors, read for the page of models: sums over processes, or their mean where a sum says nothing. */
export class ModelMetrics {
  constructor(private readonly processes: readonly ProcessMetrics[]) {}

  comparisonOf(task: string): ShadowComparison {
    const outcome = (name: string) =>
      this.sum('vigil_shadow_windows_total', { task, outcome: name });
    const [agree, differ, liveOnly, shadowOnly, neither] = [
      outcome('agree'),
      outcome('differ'),
      outcome('live-only'),
      outcome('shadow-only'),
      outcome('neither'),
    ];
    const count = this.sum('vigil_shadow_difference_bpm', {}, '_count');
    const total = this.sum('vigil_shadow_difference_bpm', {}, '_sum');
    return {
      windows: agree + differ + liveOnly + shadowOnly + neither,
      agree,
      differ,
      liveOnly,
      shadowOnly,
      neither,
      meanDifferenceBpm: task === 'heartRate' && count > 0 ? total / count : null,
    };
  }

  drift(): ModelDrift {
    const inputs = new Map<string, number[]>();
    for (const { labels, value } of this.valuesOf('vigil_input_drift_deviations')) {
      const input = String(labels['input']);
      inputs.set(input, [...(inputs.get(input) ?? []), value]);
    }
    return {
      inputDeviations: Object.fromEntries(
        [...inputs].map(([input, values]) => [input, mean(values)]),
      ),
      withheldShare: this.meanOf('vigil_withheld_share'),
      trainingWithheldShare: this.meanOf('vigil_training_withheld_share'),
    };
  }

  private meanOf(name: string): number | null {
    const values = this.valuesOf(name).map(({ value }) => value);
    return values.length === 0 ? null : mean(values);
  }

  /** @param ending of the parts of a histogram */
  private sum(name: string, wanted: Record<string, string>, ending = ''): number {
    return this.valuesOf(name)
      .filter(
        ({ labels, metricName }) =>
          (ending === '' || metricName === `${name}${ending}`) &&
          Object.entries(wanted).every(([key, value]) => labels[key] === value),
      )
      .reduce((sum, { value }) => sum + value, 0);
  }

  private valuesOf(name: string): Value[] {
    return this.processes.flatMap((metrics) =>
      metrics.filter((metric) => metric.name === name).flatMap(({ values }) => values as Value[]),
    );
  }
}

interface Value {
  labels: Record<string, string | number>;
  value: number;
  metricName?: string;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
