import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTINGS, type Settings, shownDefault } from './settings.js';

const README = join(import.meta.dirname, '../../../README.md');

/** The table of the README, from the settings themselves. */
function settingsTable(): string {
  const rows = Object.entries(SETTINGS).map(([key, { flag, environment, meaning }]) => {
    const shown = shownDefault(key as keyof Settings);
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
