/** One scrape of a station process, by metric and labels as they are printed. */
export type Scrape = ReadonlyMap<string, number>;

/** Reads `/metrics` of a process. */
export async function scrape(httpUrl: string): Promise<Scrape> {
  const answer = await fetch(new URL('/metrics', httpUrl));
  if (!answer.ok) throw new Error(`${httpUrl}/metrics answered ${answer.status}`);
  return parseMetrics(await answer.text());
}

/** Prometheus' text format, values by `name{labels}`. */
export function parseMetrics(text: string): Scrape {
  const samples = text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line): [string, number] => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space + 1))];
    });
  return new Map(samples);
}

/** The sum of a metric over all its labels. */
export function total(metrics: Scrape, name: string): number {
  let sum = 0;
  for (const [key, value] of metrics) {
    if (key === name || key.startsWith(`${name}{`)) sum += value;
  }
  return sum;
}
