import { openSqliteJournal } from '../index.js';
import { newRecord } from './records.js';

/**
 * Appends to a journal until it is killed or `count` is reached, several calls at a time, and prints a line
 * `<partition> <offset> <key> <text>` for every record as soon as it is acknowledged.
 */
const [folder = '', key = '', count = '0', segmentBytes = '65536'] = process.argv.slice(2);
const AT_ONCE = 8;

const frames = { segmentBytes: Number(segmentBytes) };
const journal = await openSqliteJournal({ folder, partitions: 4, retention: { frames } });

let next = 0;
async function appendOnAndOn(): Promise<void> {
  while (next < Number(count)) {
    const text = `${next++}-${'x'.repeat(400)}`;
    // A key of its own for each record spreads them over the partitions.
    const record = newRecord(`${key}-${next}`, text);
    const [position] = await journal.append('frames', [record]);
    if (position === undefined) throw new Error('no position');
    process.stdout.write(`${position.partition} ${position.offset} ${record.key} ${text}\n`);
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, appendOnAndOn));
await journal.close();
