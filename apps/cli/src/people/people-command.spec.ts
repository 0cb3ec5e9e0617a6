import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withRegistry } from '../registry/with-registry.js';
import { commandRunner } from '../testing/run-command.js';

jest.setTimeout(60_000);

const parent = mkdtempSync(join(tmpdir(), 'vigil-cli-people-'));
const data = join(parent, 'data');
const vigilPeople = commandRunner('people/people-command.ts', 'peopleCommand', {
  VIGIL_DATA: data,
  VIGIL_HTTP_PORT: '9080',
});

afterAll(() => rmSync(parent, { recursive: true, force: true }));

/** The token of the link that a command has printed. */
function tokenIn(out: string, station = 'http://localhost:9080'): string {
  const [line = ''] = out.split('\n');
  expect(line.startsWith(`Open ${station}/sign-in#`)).toBe(true);
  return /#(\S+)/.exec(line)?.[1] ?? '';
}

describe('vigil people', () => {
  it('adds an administrator by a link that signs in once, and gives another one', async () => {
    const added = await vigilPeople('add', 'Ada Lindqvist', '--role', 'administrator');
    expect(added).toMatchObject({ code: 0, err: '' });
    expect(added.out).toContain('to sign in as Ada Lindqvist');
    const linked = await vigilPeople('link', 'ada lindqvist', '--station', 'https://ward:8443');
    expect(linked).toMatchObject({ code: 0, err: '' });
    await withRegistry(data, async ({ sessions }) => {
      expect(await sessions.linkHolder(tokenIn(added.out))).toBeNull();
      const token = tokenIn(linked.out, 'https://ward:8443');
      const opened = await sessions.openByLink(token, 'correct horse battery');
      expect(opened?.session).toMatchObject({ role: 'administrator', wards: 'all' });
      expect(await sessions.linkHolder(token)).toBeNull();
    });
  });

  it('adds a display, lists everybody and deactivates', async () => {
    const display = await vigilPeople('add', 'Wall 3', '--role', 'kiosk', '--json');
    const { token, address } = JSON.parse(display.out);
    expect(address).toBe(`http://localhost:9080/sign-in#${token}`);
    const list = await vigilPeople('list');
    expect(list.out).toMatch(/ Ada Lindqvist +administrator +all +yes +\d{4}-/);
    expect(list.out).toMatch(/ Wall 3 +kiosk +main +yes +–$/m);
    await withRegistry(data, async ({ sessions }) => {
      const opened = await sessions.openByLink(token, null);
      expect(opened).not.toBeNull();
      expect((await vigilPeople('deactivate', 'Wall 3')).code).toBe(0);
      expect(await sessions.find(opened!.token)).toBeNull();
    });
    const people = JSON.parse((await vigilPeople('list', '--json')).out);
    expect(people).toContainEqual(expect.objectContaining({ name: 'Wall 3', active: false }));
  });

  it.each([
    [1, 'nobody named Grace', ['link', 'Grace']],
    [1, 'nobody named Grace', ['deactivate', 'Grace']],
    [1, 'Ada', ['add', 'Ada Lindqvist']],
    [1, 'no ward icu', ['add', 'Grace', '--wards', 'main,icu']],
    [1, 'vigil.json is missing', ['list', '--data', '/nonexistent']],
    [2, 'role', ['add', 'Grace', '--role', 'doctor']],
    [2, 'must be wards', ['add', 'Grace', '--wards', 'a b']],
    [2, 'must be like http', ['link', 'Grace', '--station', 'ward']],
  ])('ends with %i and says “%s”', async (code, sentence, args) => {
    const { code: ended, out, err } = await vigilPeople(...args);
    expect({ ended, out }).toEqual({ ended: code, out: '' });
    expect(err).toContain(sentence);
  });
});
