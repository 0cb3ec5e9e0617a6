import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type AlarmEvent, type EventRecord, encodeRecord } from '@app/contracts';
import { type SqliteJournal, openSqliteJournal } from '@app/journal';
import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { deliver } from '../../apps/station/src/escalation/deliver.js';
import { EscalationService } from '../../apps/station/src/escalation/escalation.service.js';
import { callWebhook } from '../../apps/station/src/escalation/webhook-call.js';
import { isSigned, sign } from '../../apps/station/src/escalation/webhook-signature.js';
import { systemClock } from '../../apps/station/src/platform/clock.js';
import { Health } from '../../apps/station/src/platform/health.js';
import { readSettings } from '../../apps/station/src/settings.js';

jest.setTimeout(60_000);

const SECRET = 'a secret of the ward';

/** An HTTP server that answers as it is told and keeps what it was sent. */
class Receiver {
  readonly calls: { headers: IncomingMessage['headers']; body: string; atMs: number }[] = [];
  /** Answers of the next calls; then 204. `null`: none at all. */
  answers: (number | null)[] = [];
  /** Events that it never takes, by key. */
  readonly poison = new Set<string>();
  private readonly server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      this.calls.push({ headers: request.headers, body, atMs: Date.now() });
      const isPoison = this.poison.has(String(request.headers['idempotency-key']));
      const answer = isPoison ? 500 : this.answers.shift();
      if (answer === null) request.socket.destroy();
      else response.writeHead(answer ?? 204).end();
    });
  });

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/alarms`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

function event(id: string, change: AlarmEvent['change'], words: Partial<AlarmEvent> = {}) {
  const atMs = Date.now();
  return {
    type: 'alarm',
    id,
    alarmId: id,
    patient: 'P-01',
    origin: 'live',
    rule: 'heart-rate-extreme-high',
    kind: 'physiological',
    priority: 'high',
    condition: 'present',
    signal: 'on',
    change,
    atMs,
    sinceMs: atMs - 60_000,
    text: 'HR 160 (156–164) above the extreme limit 140 at rest for 4 s',
    valueBpm: 160,
    lowBpm: 156,
    highBpm: 164,
    limitBpm: 140,
    quality: 0.9,
    model: null,
    acknowledgedBy: null,
    note: null,
    escalation: 'webhook',
    ...words,
  } satisfies EventRecord;
}

let receiver: Receiver;
let url: string;

beforeEach(async () => {
  receiver = new Receiver();
  url = await receiver.listen();
});
afterEach(() => receiver.close());

describe('a delivery', () => {
  const failures: string[] = [];
  const stop = new AbortController();
  const parts = (nowMs = () => Date.now()) => ({
    call: (one: AlarmEvent) => callWebhook({ url, secret: SECRET }, one, Date.now(), stop.signal),
    nowMs,
    tell: (why: string) => failures.push(why),
    signal: stop.signal,
    firstWaitMs: 20,
  });

  it('is signed, and says what happened', async () => {
    const sent = event('a', 'escalated');
    expect(await deliver(sent, parts())).toBe('taken');
    const [call] = receiver.calls;
    expect(JSON.parse(call?.body ?? '')).toEqual({ type: 'alarm', event: sent });
    expect(call?.headers['idempotency-key']).toBe('a');
    const header = String(call?.headers['vigil-signature']);
    expect(isSigned(call?.body ?? '', header, SECRET, Date.now())).toBe(true);
    expect(isSigned(call?.body ?? '', header, 'another secret', Date.now())).toBe(false);
    expect(isSigned(`${call?.body} `, header, SECRET, Date.now())).toBe(false);
    expect(isSigned(call?.body ?? '', header, SECRET, Date.now() + 302_000)).toBe(false);
  });

  it('is tried again, waiting longer each time, with the same key', async () => {
    receiver.answers = [500, null, 429];
    expect(await deliver(event('b', 'escalated'), parts())).toBe('taken');
    expect(receiver.calls.map(({ headers }) => headers['idempotency-key'])).toEqual(
      Array(4).fill('b'),
    );
    const waits = receiver.calls.slice(1).map(({ atMs }, i) => atMs - receiver.calls[i]!.atMs);
    for (const [i, least] of [19, 39, 79].entries()) expect(waits[i]).toBeGreaterThanOrEqual(least);
    expect(failures.length).toBe(3);
    expect(failures[0]).toContain('500');
  });

  it.each([301, 400, 401, 404, 410])('is given up at %d', async (answer) => {
    receiver.answers = [answer];
    expect(await deliver(event('c', 'escalated'), parts())).toBe('refused');
    expect(receiver.calls).toHaveLength(1);
  });

  it('is given up when it is too old to matter', async () => {
    receiver.answers = [500, 500];
    let nowMs = Date.now();
    const later = () => (nowMs += 500_000);
    expect(await deliver(event('d', 'escalated'), parts(later))).toBe('too-old');
    expect(receiver.calls).toHaveLength(1);
  });
});

describe('the signature', () => {
  it('is the one that docs/operations.md describes', () => {
    expect(sign('{}', 'secret', 1_700_000_000_999)).toBe(
      't=1700000000,v1=b8569b78799ff9e3cbff0fc2d63a33a2b57f3282abd07c37ae5e8e7d79a5f163',
    );
  });

  it.each(['', 't=1,v1=', 'v1=00', `t=x,v1=${'0'.repeat(64)}`])('%j is none', (header) => {
    expect(isSigned('{}', header, SECRET, Date.now())).toBe(false);
  });
});

describe('escalation', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-escalation-'));
  let journal: SqliteJournal;

  beforeEach(async () => {
    journal = await openSqliteJournal({
      folder: join(folder, String(Math.random())),
      partitions: 2,
    });
  });
  afterEach(() => journal.close());

  function service(metrics = new Registry(), health = new Health()): EscalationService {
    const settings = readSettings({}, { VIGIL_WEBHOOK_URL: url, VIGIL_WEBHOOK_SECRET: SECRET });
    const made = new EscalationService(journal, systemClock, settings, metrics, health);
    made.onApplicationBootstrap();
    return made;
  }

  const append = (events: EventRecord[]) =>
    journal.append(
      'events',
      events.map((one) => ({ key: 'P-01', value: encodeRecord(one) })),
    );
  const told = () => receiver.calls.map(({ headers }) => headers['idempotency-key']);

  async function until(isSo: () => boolean): Promise<void> {
    for (const end = Date.now() + 20_000; !isSo() && Date.now() < end;)
      await new Promise((done) => setTimeout(done, 20));
    expect(isSo()).toBe(true);
  }

  it('tells of what went to the webhook and what became of it, and of nothing else', async () => {
    const running = service();
    await new Promise((done) => setTimeout(done, 200));
    await append([
      event('raised', 'raised', { escalation: 'bedside' }),
      event('ward', 'escalated', { escalation: 'ward' }),
      event('hook', 'escalated'),
      event('silenced', 'silenced'),
      event('seen', 'acknowledged', { signal: 'ack' }),
      event('over', 'ended', { signal: 'off' }),
    ]);
    await until(() => receiver.calls.length === 3);
    expect(new Set(told())).toEqual(new Set(['hook', 'seen', 'over']));
    await running.beforeApplicationShutdown();
  });

  it('is not held up by an event that is never taken; only the end of that alarm waits for it', async () => {
    receiver.poison.add('never');
    const running = service();
    await new Promise((done) => setTimeout(done, 200));
    await append([
      event('never', 'escalated'),
      event('never:2', 'acknowledged', { alarmId: 'never', signal: 'ack' }),
      event('other', 'escalated'),
    ]);
    await until(() => told().includes('other'));
    await append([event('later', 'escalated')]);
    await until(() => told().includes('later'));
    expect(told()).not.toContain('never:2');
    await running.beforeApplicationShutdown();
    receiver.poison.clear();
    receiver.calls.length = 0;
    // its place was not passed: after a restart both are told, in order
    const again = service();
    await until(() => told().includes('never:2'));
    expect(told().filter((key) => String(key).startsWith('never'))).toEqual(['never', 'never:2']);
    await again.beforeApplicationShutdown();
  });

  it('tells after a restart what it could not tell before, and says that it cannot', async () => {
    const health = new Health();
    const running = service(new Registry(), health);
    await new Promise((done) => setTimeout(done, 200));
    await append([event('first', 'escalated')]);
    await until(() => receiver.calls.length === 1);
    receiver.answers = Array<number>(100).fill(503);
    await append([event('second', 'escalated')]);
    await until(() => health.parts().some(({ ok }) => !ok));
    expect(health.parts()).toMatchObject([{ name: 'webhook', required: false }]);
    await running.beforeApplicationShutdown();
    receiver.answers = [];
    receiver.calls.length = 0;
    const again = service();
    await until(() => told().includes('second'));
    await again.beforeApplicationShutdown();
  });

  it('is off without an address, and refuses one that cannot be trusted', () => {
    expect(() => readSettings({}, { VIGIL_WEBHOOK_URL: 'https://x.example/a' })).toThrow(/SECRET/);
    expect(() =>
      readSettings({}, { VIGIL_WEBHOOK_URL: 'http://x.example/a', VIGIL_WEBHOOK_SECRET: SECRET }),
    ).toThrow(/use https/);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));
});
