import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTINGS, readSettings } from './settings.js';

const README = join(import.meta.dirname, '../../../README.md');

/** The table of the README, from the settings themselves. */
function settingsTable(): string {
  const defaults = readSettings({}, {});
  const rows = Object.entries(SETTINGS).map(([key, { flag, environment, meaning }]) => {
    const value = defaults[key as keyof typeof defaults];
    const shown =
      key === 'data'
        ? 'data/live'
        : key === 'models'
          ? 'models'
          : value === undefined
            ? ''
            : String(value);
    return `| \`${flag}\` | \`${environment}\` | ${meaning} | ${shown === '' ? '' : `\`${shown}\``} |`;
  });
  return ['| flag | variable | meaning | default |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

it('every setting stands in the README as it is', () => {
  const squeeze = (text: string) => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');
  expect(squeeze(readFileSync(README, 'utf8'))).toContain(squeeze(settingsTable()));
});
