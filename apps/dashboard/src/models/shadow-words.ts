import type { ShadowComparison } from '@app/contracts';
import { shareWords } from './model-words.js';

const COUNT = new Intl.NumberFormat('en-GB');

/** How the two have answered so far, as terms and words; null before the first window. */
export function shadowFacts(
  comparison: ShadowComparison,
  task: string,
): [term: string, words: string][] | null {
  const { windows, meanDifferenceBpm } = comparison;
  if (windows === 0) return null;
  const part = (count: number) => `${COUNT.format(count)} (${shareWords(count / windows)})`;
  if (task === 'fall') {
    return [
      ['Windows with an impact', COUNT.format(windows)],
      ['Both suspect a fall', part(comparison.agree)],
      ['Only the model in force does', part(comparison.liveOnly)],
      ['Only the shadow does', part(comparison.shadowOnly)],
      ['Neither does', part(comparison.neither)],
    ];
  }
  const facts: [string, string][] = [
    ['Windows that both saw', COUNT.format(windows)],
    [task === 'heartRate' ? 'Agree, within 5 BPM or 10 %' : 'Same answer', part(comparison.agree)],
    [task === 'heartRate' ? 'Differ by more' : 'Different answers', part(comparison.differ)],
    ['Only the model in force answers', part(comparison.liveOnly)],
    ['Only the shadow answers', part(comparison.shadowOnly)],
    ['Neither answers', part(comparison.neither)],
  ];
  if (meanDifferenceBpm !== null) {
    facts.push(['Mean difference, every window', `${meanDifferenceBpm.toFixed(1)} BPM`]);
  }
  return facts;
}
