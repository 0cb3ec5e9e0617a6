/** One thing that is not as it was; texts as they are shown, null where there is nothing. */
export interface Difference {
  /** `limits › heart rate high`, from the names of the record. */
  what: string;
  before: string | null;
  after: string | null;
}

/** Of records that nest deeper the rest is shown as it is written. */
const DEPTH = 4;

/** What changed between two records of the audit: only what differs, in the order of the newer one. */
export function differences(before: unknown, after: unknown): Difference[] {
  const old = leaves(before);
  const now = leaves(after);
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((what) => ({ what, before: old.get(what) ?? null, after: now.get(what) ?? null }))
    .filter((difference) => difference.before !== difference.after);
}

/** Every value with the way to it, lists as one value, nothing for null. */
function leaves(record: unknown, path: readonly string[] = []): Map<string, string> {
  if (record === null || record === undefined) return new Map();
  if (isRecord(record) && path.length < DEPTH) {
    return new Map(
      Object.entries(record).flatMap(([key, value]) => [...leaves(value, [...path, key])]),
    );
  }
  return new Map([[nameOf(path), textOf(record, path.at(-1) ?? '')]]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `heartRateHighBpm` as `heart rate high`: the unit stands beside the value. */
function nameOf(path: readonly string[]): string {
  const words = path.map((key) =>
    key
      .replace(/(Bpm|Ms)$/, '')
      .replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
  );
  return words.length === 0 ? 'value' : words.join(' › ');
}

const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

function textOf(value: unknown, key: string): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') {
    if (key.endsWith('Ms')) return TIME.format(value);
    return key.endsWith('Bpm') ? `${value} BPM` : String(value);
  }
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none';
    return value.map((item) => (isRecord(item) ? inOneLine(item) : textOf(item, key))).join('; ');
  }
  return JSON.stringify(value);
}

function inOneLine(record: Record<string, unknown>): string {
  return [...leaves(record)].map(([what, text]) => `${what} ${text}`).join(', ');
}
