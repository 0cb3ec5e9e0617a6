import { decodeInput, type InputRecord } from '@app/contracts';
import type { Journal } from '@app/journal';

/** The first inputs of every partition, ticks left out. */
export async function inputs(journal: Journal): Promise<InputRecord[]> {
  const records = await Promise.all(
    Array.from({ length: journal.partitions }, (_, p) => journal.read('frames', p, 0, 10_000)),
  );
  return records
    .flat()
    .map(({ value }) => decodeInput(value))
    .filter(({ type }) => type !== 'tick');
}

export async function framesIn(
  journal: Journal,
): Promise<Extract<InputRecord, { type: 'frame' }>[]> {
  return (await inputs(journal)).flatMap((input) => (input.type === 'frame' ? [input] : []));
}

/** `on connected`, `off lost`, … in the order of the journal. */
export async function linksIn(journal: Journal): Promise<string[]> {
  return (await inputs(journal)).flatMap((input) =>
    input.type === 'link' ? [`${input.connected ? 'on' : 'off'} ${input.reason}`] : [],
  );
}
