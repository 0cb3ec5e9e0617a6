import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  AUDIO_PAUSE_MS,
  type AuditEntry,
  CANARY,
  CANARY_BPM,
  type Canary,
  type CanaryEvent,
  DEFAULT_WARD_LIMITS,
  type EventRecord,
  type LimitsPreview,
  type PatientState,
  type Snapshot,
  type WardRecord,
  type WaveformResponse,
  decodeWardRecord,
  encodeRecord,
} from '@app/contracts';
import { COMMAND_LINE } from '@app/registry';
import {
  type Dashboard,
  type GatewayApp,
  PARTITIONS,
  makeFolder,
  next,
  removeFolder,
  startGateway,
  until,
} from './gateway-app.js';
import {
  ORIGIN,
  alarmOf,
  appendEvents,
  appendFrame,
  deviceOf,
  frameOf,
  vitalOf,
} from './gateway-records.js';

let folder: string;
let gateway: GatewayApp;
let dashboard: Dashboard;

beforeEach(async () => {
  folder = makeFolder();
  gateway = await startGateway(folder);
  await gateway.admit('p1', 'p2');
  dashboard = await gateway.dashboard();
});
afterEach(async () => {
  await gateway.close();
  removeFolder(folder);
});

const send = (event: string, request: unknown): Promise<unknown> =>
  dashboard.emitWithAck(event as 'watch', request as never);

async function watchWard(): Promise<Snapshot> {
  const answer = await dashboard.emitWithAck('watch', 'ward/main');
  if ('error' in answer) throw new Error(answer.error);
  return answer;
}

async function stateOf(patient: string): Promise<PatientState> {
  return (await (await gateway.get(`/api/patients/${patient}`)).json()) as PatientState;
}

async function append(...events: EventRecord[]): Promise<void> {
  await gateway.journal.append(
    'events',
    events.map((event) => ({
      key: event.type === 'progress' ? 'alarms-0' : event.patient,
      value: encodeRecord(event),
    })),
  );
}

async function wardRecords(type: WardRecord['type']): Promise<WardRecord[]> {
  const pages = await Promise.all(
    Array.from({ length: PARTITIONS }, (_, partition) =>
      gateway.journal.read('ward', partition, 0, 1000),
    ),
  );
  return pages
    .flat()
    .map(({ value }) => decodeWardRecord(value))
    .filter((record) => record.type === type);
}

describe('pausing the sound', () => {
  it('is recorded for two minutes, and noted with who did it', async () => {
    expect(await send('pause-audio', { patient: 'p1' })).toEqual({ ok: true });
    expect(await send('pause-audio', { patient: 'ward:main' })).toEqual({ ok: true });
    const records = await wardRecords('audio-pause');
    expect(records).toHaveLength(2);
    for (const record of records) {
      if (record.type !== 'audio-pause') throw new Error('another record');
      expect(record.by).toBe('Noor');
      expect(record.untilMs - record.atMs).toBe(AUDIO_PAUSE_MS);
      expect(Math.abs(record.atMs - Date.now())).toBeLessThan(10_000);
    }
    expect(new Set(records.map((one) => 'patient' in one && one.patient))).toEqual(
      new Set(['p1', 'ward:main']),
    );
    const audit: AuditEntry[] = await gateway.registry.audit.query({ action: 'audio.paused' });
    expect(
      audit.map(({ subjectType, subject, ward, name }) => [subjectType, subject, ward, name]),
    ).toEqual([
      ['ward', 'main', 'main', 'Noor'],
      ['patient', 'p1', 'main', 'Noor'],
    ]);
  });

  it('is refused for what is in no ward, and for what is no request', async () => {
    for (const request of [{ patient: 'nobody' }, { patient: 'ward:none' }])
      expect(await send('pause-audio', request)).toMatchObject({ ok: false });
    for (const request of [null, {}, { patient: 'ward:' }, { patient: 'p1', minutes: 60 }])
      expect(await send('pause-audio', request)).toMatchObject({ ok: false });
    expect(await wardRecords('audio-pause')).toEqual([]);
  });

  it('is shown while it lasts', async () => {
    const sound = { type: 'audio', patient: 'p1', origin: ORIGIN, by: 'Noor', atMs: 1 } as const;
    await append({ ...sound, id: 's1', audio: 'paused', untilMs: 9, because: 'asked' });
    await until(async () => ((await stateOf('p1')).audioPause !== null ? true : null));
    expect((await stateOf('p1')).audioPause).toEqual({ untilMs: 9, by: 'Noor' });
    await append({ ...sound, id: 's2', audio: 'on', untilMs: null, because: 'new-alarm' });
    await until(async () => ((await stateOf('p1')).audioPause === null ? true : null));
  });
});

describe("a ward's own alarms", () => {
  it('are in its room, and can be acknowledged', async () => {
    expect(await watchWard()).toMatchObject({ wardAlarms: [], wardAudioPause: null });
    const update = next(dashboard, 'update', ({ wardAlarms }) => wardAlarms !== null);
    const alarm = alarmOf('ward:main', 'e1', { rule: 'link-lost', kind: 'technical' });
    await appendEvents(gateway.journal, 'ward:main', alarm);
    expect(await update).toMatchObject({ patients: [], gone: [], wardAlarms: [alarm] });
    const snapshot = await watchWard();
    expect(snapshot.wardAlarms).toEqual([alarm]);
    expect(snapshot.patients.map(({ patient }) => patient)).toEqual(['p1', 'p2']);
    const request = { patient: 'ward:main', alarmId: alarm.alarmId, note: null };
    expect(await send('acknowledge', request)).toEqual({ ok: true });
    expect(await wardRecords('acknowledge')).toMatchObject([{ ...request, by: 'Noor' }]);
    const nurse = await gateway.signIn('nurse', [], 'Elsewhere');
    const other = await gateway.dashboard(nurse.headers);
    expect(await other.emitWithAck('acknowledge', request)).toMatchObject({ ok: false });
  });
});

describe('what is in force', () => {
  it('says whose limits, what has moved them, and how far an alarm has gone', async () => {
    expect(await stateOf('p1')).toMatchObject({
      limitsOf: 'ward',
      movedHigh: null,
      escalation: 'bedside',
    });
    const moved = {
      type: 'limit',
      patient: 'p1',
      origin: ORIGIN,
      heartRateHighBpm: 160,
      because: 'running',
      atMs: Date.now(),
    } as const;
    await append({ ...moved, id: 'l1' });
    await append(alarmOf('p1', 'e1', { escalation: 'ward', change: 'escalated' }));
    await until(async () => ((await stateOf('p1')).escalation === 'ward' ? true : null));
    expect((await stateOf('p1')).movedHigh).toEqual({ bpm: 160, because: 'running' });
    await append({ ...moved, id: 'l2', heartRateHighBpm: 120, because: 'ward' });
    await append(
      alarmOf('p1', 'e2', { escalation: 'ward', signal: 'ack', change: 'acknowledged' }),
    );
    await until(async () => ((await stateOf('p1')).escalation === 'bedside' ? true : null));
    expect((await stateOf('p1')).movedHigh).toBeNull();
    await gateway.registry.patients.setLimits(COMMAND_LINE, 'p1', DEFAULT_WARD_LIMITS);
    await until(async () => ((await stateOf('p1')).limitsOf === 'patient' ? true : null));
  });
});

describe('the signal around an alarm', () => {
  const signalOf = (patient: string, event: string) =>
    gateway.get(`/api/patients/${patient}/alarms/${encodeURIComponent(event)}/signal`);
  const samples = {
    device: deviceOf('p1'),
    bootId: 'boot-1',
    fromMonotonicUs: 10e6,
    toMonotonicUs: 30e6,
  };

  it('is its 20 s, from what the journal keeps', async () => {
    for (let second = 0; second < 40; second++)
      await appendFrame(gateway.journal, 'p1', frameOf(deviceOf('p1'), second));
    await appendFrame(gateway.journal, 'p1', frameOf(deviceOf('p1'), 20, 'boot-2'));
    const nowMs = Date.now();
    const event = alarmOf('p1', 'p1:heart-rate-high:1/2', { atMs: nowMs, sinceMs: nowMs, samples });
    await gateway.registry.alarmLog.append([{ ward: 'main', bed: null, event }]);
    const response = await signalOf('p1', event.id);
    expect(response.status).toBe(200);
    const { segments, origin } = (await response.json()) as WaveformResponse;
    expect(origin).toBe(ORIGIN);
    expect(segments.map(({ monotonicUs, bootId }) => [monotonicUs / 1e6, bootId])).toEqual(
      Array.from({ length: 20 }, (_, i) => [10 + i, 'boot-1']),
    );
    expect(segments[0]?.traces.map(({ label }) => label)).toEqual(['530 nm', 'x', 'y', 'z']);
    // on the wall, not yet in the log
    const fresh = alarmOf('p1', 'fresh', { atMs: nowMs, sinceMs: nowMs, samples });
    await append(fresh);
    await until(async () => ((await signalOf('p1', 'fresh')).status === 200 ? true : null));
  });

  it('is not there for another patient, without samples, or when they are gone', async () => {
    const gone = alarmOf('p1', 'gone', { atMs: Date.now(), sinceMs: Date.now(), samples });
    const without = alarmOf('p1', 'without', { samples: null });
    await gateway.registry.alarmLog.append(
      [gone, without].map((event) => ({ ward: 'main', bed: null, event })),
    );
    const messages = [];
    for (const [patient, event] of [
      ['p2', 'gone'],
      ['p1', 'nothing'],
      ['p1', 'without'],
      ['p1', 'gone'],
    ] as const) {
      const response = await signalOf(patient, event);
      expect(response.status).toBe(404);
      messages.push(((await response.json()) as { message: string }).message);
    }
    expect(messages).toEqual([
      'p2 has no such alarm event',
      'p1 has no such alarm event',
      'there is no signal to this event',
      expect.stringContaining('are gone'),
    ]);
  });
});

describe('a preview of limits', () => {
  const preview = (body: unknown, headers = gateway.headers, patient = 'p1') =>
    fetch(`${gateway.url}/api/patients/${patient}/limits/preview`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('says what they would have meant over the last 24 h, and changes nothing', async () => {
    const startMs = Date.now() - 3_600_000;
    const vitals = Array.from({ length: 1500 }, (_, window) => {
      const isFast = window >= 300 && window < 600;
      const vital = vitalOf('p1', window, { endMs: startMs + 2000 * window });
      const bpm = isFast ? 130 : 80;
      const rate = { bpm, estimateBpm: bpm, lowBpm: bpm - 2, highBpm: bpm + 2 };
      return { ...vital, heartRate: { ...vital.heartRate, ...rate } };
    });
    await gateway.series.writeVitals(vitals);
    const before = await stateOf('p1');
    const answer = (await (await preview({ limits: DEFAULT_WARD_LIMITS })).json()) as LimitsPreview;
    expect(answer).toMatchObject({ patient: 'p1', origin: ORIGIN, monitoredMinutes: 50 });
    expect(answer.toMs - answer.fromMs).toBe(86_400_000);
    const high = answer.rules.find(({ rule }) => rule === 'heart-rate-high');
    expect(high?.alarms).toBe(1);
    expect(Math.abs((high?.minutes ?? 0) - 10)).toBeLessThan(0.5);
    const above = { ...DEFAULT_WARD_LIMITS, heartRateHighBpm: 135 };
    const calm = (await (await preview({ limits: above })).json()) as LimitsPreview;
    expect(calm.rules.map(({ alarms }) => alarms)).toEqual([0, 0, 0, 0]);
    const wards = (await (await preview({ limits: null })).json()) as LimitsPreview;
    expect(wards.rules).toEqual(answer.rules);
    expect(await stateOf('p1')).toEqual(before);
  });

  it('is refused for wrong limits, for who may not set them, and for who is not admitted', async () => {
    expect(
      (await preview({ limits: { ...DEFAULT_WARD_LIMITS, heartRateLowBpm: 130 } })).status,
    ).toBe(400);
    const viewer = await gateway.signIn('viewer', 'all', 'Vera');
    expect((await preview({ limits: null }, viewer.headers)).status).toBe(403);
    await gateway.registry.patients.discharge(COMMAND_LINE, 'p2');
    expect((await preview({ limits: null }, gateway.headers, 'p2')).status).toBe(409);
  });
});

describe('a canary at the gateway', () => {
  const canary = (window: number, changes: Partial<CanaryEvent> = {}): CanaryEvent => ({
    type: 'canary',
    id: `canary:b:${window}`,
    patient: CANARY,
    origin: ORIGIN,
    bpm: CANARY_BPM.rate,
    windowEndMs: Date.now() - 100 + window,
    atMs: Date.now(),
    ...changes,
  });
  const through = async () => {
    const text = await (await fetch(`${gateway.url}/metrics`)).text();
    const count = (result: string) =>
      Number(
        new RegExp(`^vigil_canary_total\\{result="${result}"\\} (\\d+)`, 'm').exec(text)?.[1] ?? 0,
      );
    return Object.fromEntries(
      ['through', 'wrong-rate', 'late', 'unconfirmed'].map((result) => [result, count(result)]),
    );
  };

  it('comes to each dashboard once, if it is fresh and has the right rate', async () => {
    const got: Canary[] = [];
    dashboard.on('canary', (message, seen) => {
      got.push(message);
      seen();
    });
    const sent = canary(1);
    await append(canary(0, { windowEndMs: Date.now() - 120_000 }), canary(0, { bpm: 90 }));
    await append(canary(0, { bpm: null }), sent, sent);
    await until(() => (got.length > 0 ? true : null));
    const beat = await next(dashboard, 'heartbeat', (message) => message.canary?.lastMs != null);
    expect(beat.canary?.lastMs).toBeGreaterThanOrEqual(sent.windowEndMs);
    expect(beat.canary?.latencyP99Ms).toBeGreaterThan(0);
    expect(got).toMatchObject([{ id: sent.id, windowEndMs: sent.windowEndMs }]);
    expect(await through()).toEqual({ through: 1, 'wrong-rate': 2, late: 1, unconfirmed: 0 });
  });

  it('has not come through when a dashboard no longer confirms it; a program need not', async () => {
    await gateway.dashboard(); // a program, that knows nothing of canaries
    let confirms = true;
    dashboard.on('canary', (_message, seen) => {
      if (confirms) seen();
    });
    await append(canary(1));
    const first = await next(dashboard, 'heartbeat', (message) => message.canary?.lastMs != null);
    confirms = false;
    await append(canary(1000));
    await until(async () => ((await through())['unconfirmed'] === 1 ? true : null));
    const later = await next(dashboard, 'heartbeat');
    expect(later.canary?.lastMs).toBe(first.canary?.lastMs);
  });
});
