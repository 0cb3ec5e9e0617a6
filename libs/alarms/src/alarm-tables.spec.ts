import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { alarmTables } from './testing/alarm-tables.js';

const document = readFileSync(new URL('../../../docs/alarms.md', import.meta.url), 'utf8');

describe('docs/alarms.md', () => {
  it.each(alarmTables().map((table) => [table.slice(2, 30).trim(), table]))(
    'prints the table that begins with %s as it is',
    (_, table) => {
      expect(document).toContain(table);
    },
  );
});
