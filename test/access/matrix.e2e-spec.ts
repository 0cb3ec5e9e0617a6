import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientEvents } from '@app/contracts';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVENT_ACCESS } from '../../apps/station/src/gateway/access/event-access.js';
import {
  type GatewayApp,
  makeFolder,
  removeFolder,
  startGateway,
} from '../integration/gateway-app.js';
import { ask } from './ask.js';
import { type Route, pathWith, routesOf } from './routes-of.js';
import { LET_IN, StopAfterGuardsModule } from './stop-after-guards.js';
import { table } from './table.js';
import { CALLERS, type Caller, headersOf, openTwoWards } from './two-wards.js';

const DOCUMENT = join(import.meta.dirname, '../../docs/access.md');

/** What stands in the north, where all but one of the callers belong. */
const VALUES = {
  ward: 'north',
  patient: 'p-north',
  device: 'watch-north',
  bed: '1',
  person: 'nobody-in-particular',
  page: 'settings',
  event: 'alarm-event-1',
};

/** What an event is tried with, by its row in the table. */
const EVENTS: Record<keyof ClientEvents, Record<string, unknown>> = {
  watch: { 'a ward': 'ward/north', 'a patient': 'patient/p-north' },
  unwatch: { 'a room': 'ward/north' },
  now: { 'the time': null },
  acknowledge: {
    'an alarm': { patient: 'p-north', alarmId: 'alarm-1', note: null },
    "a ward's own alarm": { patient: 'ward:north', alarmId: 'alarm-1', note: null },
  },
  'pause-audio': {
    "a patient's alarms": { patient: 'p-north' },
    "a ward's own alarms": { patient: 'ward:north' },
  },
};

/** The API's description: a page with its files, all under one rule. */
const DESCRIPTION = '/api/docs';

type Answer = 'yes' | 'no' | 'sign in';

let folder: string;
let gateway: GatewayApp;

beforeAll(async () => {
  folder = makeFolder();
  gateway = await startGateway(folder, {}, undefined, [StopAfterGuardsModule]);
  await openTwoWards(gateway);
});
afterAll(async () => {
  await gateway.close();
  removeFolder(folder);
});

/** The address of a caller decides at one route: this test is a program of the same machine, so it says it is a proxy. */
const FROM_ELSEWHERE = { 'X-Forwarded-For': '192.0.2.1' };

async function tryRoute({ method, path }: Route, caller: Caller): Promise<Answer> {
  const headers = { ...(await headersOf(gateway, caller)), ...FROM_ELSEWHERE };
  const { status, body } = await ask(gateway.url, `${method} ${pathWith(path, VALUES)}`, {
    headers,
  });
  // a route that nobody has declared is a mistake, not a rule
  expect([method, path, JSON.stringify(body)]).not.toEqual([
    method,
    path,
    expect.stringContaining('does not say who may'),
  ]);
  if (status === 401) return 'sign in';
  if (status === 403) return 'no';
  // files of the description's page: the server of files answers, no controller does
  if (!path.startsWith(DESCRIPTION)) expect([method, path, status]).toEqual([method, path, LET_IN]);
  return 'yes';
}

async function tryEvent(event: string, argument: unknown, caller: Caller): Promise<Answer> {
  const headers = await headersOf(gateway, caller);
  const socket = await gateway
    .dashboard(headers as { cookie: string })
    .catch((error: Error) => error);
  if (socket instanceof Error) {
    expect(socket.message).toBe('sign in first');
    return 'sign in';
  }
  const answer: unknown = await socket.emitWithAck(event as 'watch', argument as never);
  socket.disconnect();
  const { error } = answer as { error?: string };
  return error === 'you may not do this, or there is no such place' ? 'no' : 'yes';
}

async function rowOf(name: string[], attempt: (caller: Caller) => Promise<Answer>) {
  const answers: string[] = [];
  for (const caller of CALLERS) answers.push(await attempt(caller));
  return [...name, ...answers];
}

/** Replaces, or else compares, a table of the document. */
function expectDocumented(name: string, text: string): void {
  const document = readFileSync(DOCUMENT, 'utf8');
  const [begin, end] = [`<!-- ${name}: begin -->\n\n`, `\n\n<!-- ${name}: end -->`];
  const from = document.indexOf(begin) + begin.length;
  const to = document.indexOf(end);
  expect([name, from >= begin.length, to > from]).toEqual([name, true, true]);
  if (process.env['VIGIL_WRITE_DOCS'] === '1') {
    writeFileSync(DOCUMENT, document.slice(0, from) + text + document.slice(to));
  } else {
    expect(document.slice(from, to)).toBe(text);
  }
}

describe('who may do what', () => {
  it('is, for every HTTP route there is, what docs/access.md says', async () => {
    const routes = routesOf(gateway.app);
    expect(routes.length).toBeGreaterThan(30);
    const rows = new Map<string, string[]>();
    for (const route of routes) {
      const shown = route.path.startsWith(DESCRIPTION) ? `${DESCRIPTION}…` : route.path;
      const name = [route.method, `\`${shown}\``];
      const row = await rowOf(name, (caller) => tryRoute(route, caller));
      expect([route.path, rows.get(name.join()) ?? row]).toEqual([route.path, row]);
      rows.set(name.join(), row);
    }
    expectDocumented('routes', table([['', 'route', ...CALLERS], ...rows.values()]));
  }, 120_000);

  it('is, for every socket event there is, what docs/access.md says', async () => {
    expect(Object.keys(EVENTS).toSorted()).toEqual(Object.keys(EVENT_ACCESS).toSorted());
    const rows = [];
    for (const [event, tries] of Object.entries(EVENTS)) {
      for (const [what, argument] of Object.entries(tries)) {
        const row = await rowOf([`\`${event}\``, what], (caller) =>
          tryEvent(event, argument, caller),
        );
        rows.push(row);
      }
    }
    expectDocumented('events', table([['event', 'of', ...CALLERS], ...rows]));
  }, 120_000);
});
