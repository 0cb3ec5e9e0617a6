import type { KyselyPlugin, PluginTransformResultArgs, QueryResult, UnknownRow } from 'kysely';

/** PostgreSQL's driver gives a bigint as text. Times, whose columns end in `_ms`, fit a number. */
export const timesAsNumbers: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return Promise.resolve({ ...result, rows: result.rows.map(withNumbers) });
  },
};

function withNumbers(row: UnknownRow): UnknownRow {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      column.endsWith('_ms') && typeof value === 'string' ? Number(value) : value,
    ]),
  );
}
