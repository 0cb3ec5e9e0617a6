import { afterEach, describe, expect, it, jest } from '@jest/globals';
import {
  type InputRecord,
  NOBODY,
  type VitalSigns,
  type WardRecord,
  decodeFrame,
  decodeInput,
  decodeWardRecord,
  encodeRecord,
  topicOf,
} from '@app/contracts';
import { COMMAND_LINE } from '@app/registry';
import type { MqttClient } from 'mqtt';
import { resolve } from 'node:path';
import { Registry as Metrics } from 'prom-client';
import { Networks } from '../../apps/station/src/processor/networks.js';
import { Pipeline } from '../../apps/station/src/processor/pipeline.js';
import { ProcessorMetrics } from '../../apps/station/src/processor/processor-metrics.js';
import { startBroker, type BrokerFixture } from './broker-fixture.js';
import { vitalOf } from './broker-records.js';
import { connected, device as clientOf, message } from './broker-suite.js';
import { MovableClock, WornWearable } from './worn-wearable.js';

jest.setTimeout(120_000);

const DAY_MS = 86_400_000;
const networks = await Networks.load(resolve('models'));

/** A ward of two patients and two wearables, in a time that the test lets pass. */
class Reassignments {
  readonly clock = new MovableClock();
  fixture!: BrokerFixture;
  private readonly secrets = new Map<string, string>();
  readonly wearables = new Map<string, WornWearable>();
  /** Who truly wore what, by the tests' own book. */
  private readonly book: { device: string; patient: string; fromMs: number; toMs: number }[] = [];

  static async start(): Promise<Reassignments> {
    const ward = new Reassignments();
    ward.fixture = await startBroker({ clock: ward.clock });
    started.push(ward);
    return ward;
  }

  async restart(): Promise<void> {
    const { folder } = this.fixture;
    await this.fixture.stop();
    this.fixture = await startBroker({ clock: this.clock, folder });
  }

  async wearable(device: string, wallErrorMs = 0): Promise<WornWearable> {
    const { secret } = await this.fixture.registry.devices.add(COMMAND_LINE, 'main', device);
    this.secrets.set(device, secret);
    const wearable = new WornWearable(device, this.clock, wallErrorMs);
    this.wearables.set(device, wearable);
    return wearable;
  }

  async admit(patient: string, device?: string): Promise<void> {
    await this.fixture.registry.patients.admit(COMMAND_LINE, 'main', {
      patient,
      name: `Name of ${patient}`,
      label: patient,
      bed: null,
    });
    if (device !== undefined) await this.assign(patient, device);
  }

  async assign(patient: string, device: string): Promise<void> {
    await this.fixture.registry.patients.assign(COMMAND_LINE, patient, {
      device,
      position: 'wrist',
      mode: 'continuous',
    });
    this.end(device);
    this.book.push({ device, patient, fromMs: this.clock.nowMs(), toMs: Infinity });
  }

  async unassign(patient: string, device: string): Promise<void> {
    this.end(device);
    await this.fixture.registry.patients.unassign(COMMAND_LINE, patient, device);
  }

  async connect(device: string): Promise<MqttClient> {
    const client = clientOf(this.fixture, device, this.secrets.get(device)!);
    await connected(client);
    return client;
  }

  async frames(): Promise<(InputRecord & { type: 'frame' })[]> {
    const inputs = (await this.records('frames')).map(decodeInput);
    return inputs.filter((input) => input.type === 'frame');
  }

  /** Frames of a boot by whose they are recorded to be, in the order of their sequence. */
  async owners(device: string, bootId: string): Promise<string[]> {
    const owners: [number, string][] = [];
    for (const { patient, unassigned, frame } of await this.frames()) {
      const decoded = decodeFrame(frame);
      if (!decoded.ok || decoded.frame.device !== device || decoded.frame.bootId !== bootId)
        continue;
      owners.push([decoded.frame.sequence, unassigned ?? patient]);
    }
    return owners.toSorted(([a], [b]) => a - b).map(([, owner]) => owner);
  }

  /** No sample under the wrong patient, in what is recorded and in what is computed from it. */
  async expectNothingMixed(): Promise<VitalSigns[]> {
    for (const { patient, frame } of await this.frames()) {
      const decoded = decodeFrame(frame);
      if (patient === NOBODY || !decoded.ok) continue;
      const { device, bootId, sequence } = decoded.frame;
      const { fromMs, toMs } = this.wearables.get(device)!.takenMs.get(`${bootId}/${sequence}`)!;
      const wearers = this.book.filter(
        (one) => one.device === device && one.fromMs < toMs && one.toMs > fromMs,
      );
      expect(wearers.map((one) => one.patient)).toEqual([patient]);
    }
    const vitals = (await this.ward()).flatMap((one) => (one.type === 'vitals' ? [one.vital] : []));
    for (const { device, bootId, patient, endMonotonicUs } of vitals) {
      const taken = this.wearables.get(device)!.takenMs;
      const bootedMs = [...taken]
        .filter(([key]) => key.startsWith(`${bootId}/`))
        .map(([key, { fromMs }]) => fromMs - Number(key.split('/')[1]) * 1000)[0]!;
      const toMs = bootedMs + endMonotonicUs / 1000;
      const wearers = this.book.filter(
        (one) => one.device === device && one.fromMs < toMs && one.toMs > toMs - 8000,
      );
      expect(wearers.map((one) => one.patient)).toContain(patient);
    }
    return vitals;
  }

  /** What the processor says of everything recorded so far. */
  async ward(): Promise<WardRecord[]> {
    const { journal } = this.fixture;
    const metrics = new ProcessorMetrics(new Metrics());
    const pipeline = new Pipeline({ journal, networks, clock: this.clock, metrics });
    const before = (await this.records('ward')).length;
    for (let partition = 0; partition < journal.partitions; partition++)
      await pipeline.process(await journal.read('frames', partition, 0, 10_000));
    return (await this.records('ward')).slice(before).map(decodeWardRecord);
  }

  private async records(stream: 'frames' | 'ward'): Promise<Uint8Array[]> {
    const { journal } = this.fixture;
    const all = await Promise.all(
      Array.from({ length: journal.partitions }, (_, p) => journal.read(stream, p, 0, 20_000)),
    );
    return all.flat().map(({ value }) => value);
  }

  private end(device: string): void {
    const open = this.book.find((one) => one.device === device && one.toMs === Infinity);
    if (open !== undefined) open.toMs = this.clock.nowMs();
  }
}

const started: Reassignments[] = [];
afterEach(async () => {
  for (const ward of started.splice(0)) await ward.fixture.cleanUp();
});

const count = (owners: readonly string[], owner: string) =>
  owners.filter((one) => one === owner).length;

describe('samples belong to whoever wore the device when they were taken', () => {
  it.each([
    ['right', 0],
    ['a day ahead', DAY_MS],
    ['a day behind', -DAY_MS],
  ])('two devices swapped with a backlog on both, their wall clocks %s', async (_, errorMs) => {
    const ward = await Reassignments.start();
    const [one, two] = [await ward.wearable('one', errorMs), await ward.wearable('two', errorMs)];
    await ward.admit('anna', 'one');
    await ward.admit('bert', 'two');
    one.boot();
    two.boot();
    for (const wearable of [one, two]) {
      const client = await ward.connect(wearable.device);
      await wearable.stream(client, 20);
      await client.endAsync();
    }
    // out of reach; in the middle of it the two are swapped
    one.wear(40);
    two.wear(0);
    await ward.unassign('anna', 'one');
    await ward.unassign('bert', 'two');
    await ward.assign('bert', 'one');
    await ward.assign('anna', 'two');
    one.wear(40);
    two.wear(0);
    for (const wearable of [two, one]) await wearable.send(await ward.connect(wearable.device));

    const owners = await ward.owners('one', 'boot-1');
    expect(count(owners, 'anna')).toBeGreaterThanOrEqual(55);
    expect(count(owners, 'bert')).toBeGreaterThanOrEqual(37);
    expect(count(owners, 'not-placed') + count(owners, 'not-admitted')).toBeLessThanOrEqual(6);
    // in one piece each
    expect(owners.lastIndexOf('anna')).toBeLessThan(owners.indexOf('bert'));
    const vitals = await ward.expectNothingMixed();
    const heard = new Set(
      vitals.map(({ device, patient, lane }) => `${device} ${patient} ${lane}`),
    );
    for (const expected of [
      'one anna backfill',
      'one bert backfill',
      'two bert live',
      'two anna backfill',
    ])
      expect(heard).toContain(expected);
  });

  it('the device rebooted in between: a boot that was never heard is placed when only one person can have worn it', async () => {
    const ward = await Reassignments.start();
    const wearable = await ward.wearable('one');
    await ward.admit('anna', 'one');
    await ward.admit('bert');
    wearable.boot();
    const first = await ward.connect('one');
    await wearable.stream(first, 15);
    await first.endAsync();
    wearable.wear(20); // the rest of boot-1 …
    wearable.boot(); // … boot-2 is never heard …
    wearable.wear(20);
    wearable.boot(); // … and boot-3 brings it all
    wearable.wear(5);
    const again = await ward.connect('one');
    await wearable.send(again);
    expect(new Set(await ward.owners('one', 'boot-1'))).toEqual(new Set(['anna']));
    expect(new Set(await ward.owners('one', 'boot-2'))).toEqual(new Set(['anna']));
    expect(new Set(await ward.owners('one', 'boot-3'))).toEqual(new Set(['anna']));
    await again.endAsync();

    // the same once more, and the device is given away before it is back
    wearable.wear(20);
    wearable.boot();
    wearable.wear(20);
    await ward.assign('bert', 'one');
    wearable.boot();
    wearable.wear(8);
    const last = await ward.connect('one');
    await wearable.send(last);
    expect(count(await ward.owners('one', 'boot-3'), 'anna')).toBeGreaterThanOrEqual(24);
    expect(new Set(await ward.owners('one', 'boot-4'))).toEqual(new Set(['not-placed']));
    expect(count(await ward.owners('one', 'boot-5'), 'bert')).toBeGreaterThanOrEqual(6);
    await ward.expectNothingMixed();
  });

  it('a boot that was never heard and whose clock is wrong by a day is nobody’s', async () => {
    const ward = await Reassignments.start();
    const wearable = await ward.wearable('one', -DAY_MS);
    await ward.admit('anna', 'one');
    wearable.boot();
    const first = await ward.connect('one');
    await wearable.stream(first, 10);
    await first.endAsync();
    wearable.boot();
    wearable.wear(10);
    wearable.boot();
    wearable.wear(10);
    await wearable.send(await ward.connect('one'));
    expect(new Set(await ward.owners('one', 'boot-2'))).toEqual(new Set(['not-placed']));
    expect(new Set(await ward.owners('one', 'boot-3'))).toEqual(new Set(['anna']));
    await ward.expectNothingMixed();
  });

  it('a patient transferred during a gap keeps the samples from before', async () => {
    const ward = await Reassignments.start();
    const wearable = await ward.wearable('one');
    await ward.fixture.registry.wards.add(COMMAND_LINE, 'west', 'West');
    await ward.admit('anna', 'one');
    wearable.boot();
    const first = await ward.connect('one');
    await wearable.stream(first, 10);
    await first.endAsync();
    wearable.wear(20);
    await ward.fixture.registry.patients.transfer(COMMAND_LINE, 'anna', 'west', null);
    wearable.wear(20);
    await wearable.send(await ward.connect('one'));
    const owners = await ward.owners('one', 'boot-1');
    expect(owners.length).toBeGreaterThan(45);
    expect(new Set(owners.slice(2))).toEqual(new Set(['anna']));
    await ward.expectNothingMixed();
  });

  it('the station restarted in between', async () => {
    const ward = await Reassignments.start();
    const wearable = await ward.wearable('one');
    await ward.admit('anna', 'one');
    await ward.admit('bert');
    wearable.boot();
    await wearable.stream(await ward.connect('one'), 10);
    wearable.wear(20);
    await ward.restart();
    await ward.assign('bert', 'one');
    wearable.wear(20);
    // the next boot does not know the clock of the one before: only the station does
    wearable.boot();
    wearable.wear(8);
    await wearable.send(await ward.connect('one'));
    const owners = await ward.owners('one', 'boot-1');
    // 30 and 20; those at the change, by as much as this machine was late, are nobody's
    expect(count(owners, 'anna')).toBeGreaterThanOrEqual(25);
    expect(count(owners, 'bert')).toBeGreaterThanOrEqual(15);
    expect(new Set(await ward.owners('one', 'boot-2'))).toEqual(new Set(['bert']));
    await ward.expectNothingMixed();
  });

  it('a device that nobody wears: its frames are kept, its device is told, the ward sees it', async () => {
    const ward = await Reassignments.start();
    const wearable = await ward.wearable('one');
    wearable.boot();
    const client = await ward.connect('one');
    await client.subscribeAsync(topicOf('one', 'errors'));
    const error = message(client, topicOf('one', 'errors'));
    await wearable.stream(client, 12);
    expect(await error).toMatchObject({ reason: 'not-admitted', count: 1 });
    expect(new Set(await ward.owners('one', 'boot-1'))).toEqual(new Set(['not-admitted']));
    expect(
      await ward.fixture.metric('vigil_broker_frames_unassigned_total', { reason: 'not-admitted' }),
    ).toBe((await ward.owners('one', 'boot-1')).length);
    const records = await ward.ward();
    expect(records.filter(({ type }) => type === 'vitals')).toEqual([]);
    expect(records.filter(({ type }) => type === 'stray')).toMatchObject([
      { device: 'one', reason: 'not-admitted', frames: 1 },
      { device: 'one', reason: 'not-admitted', frames: expect.any(Number) },
    ]);
    expect(records.filter(({ type }) => type === 'link')).toMatchObject([
      { device: 'one', patient: NOBODY, connected: true },
    ]);
  });

  it('a device assigned while it is connected: link at once, frames from then on', async () => {
    const ward = await Reassignments.start();
    const wearable = await ward.wearable('one');
    await ward.admit('anna');
    await ward.admit('bert');
    wearable.boot();
    const client = await ward.connect('one');
    await wearable.stream(client, 20);
    await ward.assign('anna', 'one');
    // without a single frame
    await ward.fixture.until(async () => (await linksOf(ward)).length === 2);
    await wearable.stream(client, 20);
    await ward.assign('bert', 'one');
    await wearable.stream(client, 20);
    const owners = await ward.owners('one', 'boot-1');
    expect(count(owners, 'anna')).toBeGreaterThanOrEqual(17);
    expect(count(owners, 'bert')).toBeGreaterThanOrEqual(17);
    expect(count(owners.slice(0, 18), 'not-admitted')).toBe(18);
    await ward.expectNothingMixed();
    await client.endAsync();
    await ward.fixture.until(async () => (await linksOf(ward)).length === 4);
    expect(await linksOf(ward)).toEqual([
      'on nobody connected',
      'on anna assigned',
      'on bert assigned',
      'off bert closed',
    ]);
  });

  it('a device gets nothing that belongs to whoever wore it before', async () => {
    const ward = await Reassignments.start();
    await ward.wearable('one');
    await ward.admit('anna', 'one');
    await ward.admit('bert');
    const client = await ward.connect('one');
    const got: { patient?: string }[] = [];
    client.on('message', (_topic, payload) => got.push(JSON.parse(payload.toString())));
    await client.subscribeAsync([topicOf('one', 'vitals')]);
    const append = (patient: string, window: number) =>
      ward.fixture.journal.append('ward', [
        {
          key: patient,
          value: encodeRecord({ type: 'vitals', vital: { ...vitalOf('one'), patient, window } }),
        },
      ]);
    await append('anna', 1);
    await ward.fixture.until(() => got.length === 1);
    await ward.assign('bert', 'one');
    await append('anna', 2);
    await append('bert', 3);
    await ward.fixture.until(() => got.length === 2);
    await client.unsubscribeAsync(topicOf('one', 'vitals'));
    await append('anna', 4);
    await client.subscribeAsync(topicOf('one', 'vitals'));
    await append('bert', 5);
    await ward.fixture.until(() => got.some((one) => 'window' in one && one.window === 5));
    expect(got.map(({ patient }) => patient).slice(1)).not.toContain('anna');
  });

  it('a device that was removed, and one whose secret was renewed, are disconnected at once', async () => {
    const ward = await Reassignments.start();
    await ward.wearable('one');
    await ward.wearable('two');
    const [one, two] = [await ward.connect('one'), await ward.connect('two')];
    await ward.fixture.registry.devices.remove(COMMAND_LINE, 'one');
    await ward.fixture.registry.devices.renew(COMMAND_LINE, 'two');
    await ward.fixture.until(() => !one.connected && !two.connected);
    const reasons = await ward.fixture.reasons('vigil_mqtt_disconnects_total');
    expect([reasons.get('removed'), reasons.get('secret-renewed')]).toEqual([1, 1]);
    await expect(ward.connect('two')).rejects.toThrow();
  });
});

async function linksOf(ward: Reassignments): Promise<string[]> {
  const { journal } = ward.fixture;
  const all = await Promise.all(
    Array.from({ length: journal.partitions }, (_, p) => journal.read('frames', p, 0, 10_000)),
  );
  return all
    .flat()
    .map(({ value }) => decodeInput(value))
    .flatMap((input) =>
      input.type === 'link'
        ? [`${input.connected ? 'on' : 'off'} ${input.patient || 'nobody'} ${input.reason}`]
        : [],
    );
}
