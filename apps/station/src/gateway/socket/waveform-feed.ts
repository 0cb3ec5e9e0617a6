import { Inject, Injectable } from '@nestjs/common';
import { decodeFrame, decodeInput, partitionOf } from '@app/contracts';
import type { Journal, JournalRecord } from '@app/journal';
import { fatal } from '../../platform/fatal.js';
import { JOURNAL } from '../../platform/tokens.js';
import { GATEWAY_LIMITS } from '../gateway-limits.js';
import { GatewayMetrics } from '../gateway-metrics.js';
import { WallFollower } from '../wall/wall-follower.js';
import { waveformTraces } from '../waveform-traces.js';
import type { StationSocket } from './station-socket.js';
import { WaveformQueue } from './waveform-queue.js';

/**
 * Live samples for whoever watches a patient. Follows `frames` from its end, only the partitions of watched patients'
 * devices, and decodes only their frames; nothing runs while nobody watches.
 */
@Injectable()
export class WaveformFeed {
  /** Queues by patient and client. */
  private readonly watched = new Map<string, Map<StationSocket, WaveformQueue>>();
  /** Of the watched patients: frames of others are not decoded. */
  private devices: ReadonlySet<string> = new Set();
  private readonly followers = new Map<number, { stop: AbortController; done: Promise<void> }>();
  private retry: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    private readonly follower: WallFollower,
    private readonly metrics: GatewayMetrics,
  ) {
    // a watched patient may come to wear another device, of another partition
    follower.onChange((patient) => {
      if (this.watched.has(patient)) this.followPartitions();
    });
  }

  join(socket: StationSocket, patient: string): void {
    const clients = this.watched.get(patient) ?? new Map<StationSocket, WaveformQueue>();
    this.watched.set(patient, clients);
    if (!clients.has(socket)) clients.set(socket, new WaveformQueue(GATEWAY_LIMITS.waveformQueue));
    this.followPartitions();
  }

  leave(socket: StationSocket, patient: string): void {
    const clients = this.watched.get(patient);
    clients?.delete(socket);
    if (clients?.size === 0) this.watched.delete(patient);
    this.followPartitions();
  }

  leaveAll(socket: StationSocket): void {
    for (const patient of this.watched.keys()) this.leave(socket, patient);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.watched.clear();
    if (this.retry !== null) clearTimeout(this.retry);
    const running = [...this.followers.values()];
    this.followPartitions();
    await Promise.all(running.map(({ done }) => done));
  }

  private followPartitions(): void {
    const { wall } = this.follower;
    this.devices = new Set([...this.watched.keys()].flatMap((patient) => wall.devicesOf(patient)));
    const needed = new Set(
      [...this.devices].map((device) => partitionOf(device, this.journal.partitions)),
    );
    for (const [partition, { stop }] of this.followers) {
      if (needed.has(partition)) continue;
      stop.abort();
      this.followers.delete(partition);
    }
    if (this.stopped) return;
    for (const partition of needed) {
      if (this.followers.has(partition)) continue;
      const stop = new AbortController();
      const done = this.follow(partition, stop.signal).catch((error: unknown) => {
        if (!stop.signal.aborted) fatal('gateway', error);
      });
      this.followers.set(partition, { stop, done });
    }
  }

  private async follow(partition: number, signal: AbortSignal): Promise<void> {
    const next = (await this.journal.bounds('frames'))[partition]?.next ?? 0;
    const from = new Map([[partition, next]]);
    for await (const records of this.journal.consume('frames', { from, signal })) {
      for (const record of records) this.take(record);
    }
  }

  private take(record: JournalRecord): void {
    if (!this.devices.has(record.key)) return;
    const input = this.follower.unreadable.decode(record, decodeInput);
    if (input?.type !== 'frame' || input.lane !== 'live') return;
    const clients = this.watched.get(input.patient);
    const decoded = clients === undefined ? null : decodeFrame(input.frame);
    if (clients === undefined || !decoded?.ok) return;
    const { device, bootId, monotonicUs } = decoded.frame;
    const { patient, receivedMs } = input;
    const traces = waveformTraces(decoded.frame);
    if (traces.length === 0) return;
    for (const [socket, queue] of clients) {
      const dropped = queue.push({ patient, device, bootId, monotonicUs, receivedMs, traces });
      this.metrics.waveformsDropped.inc(dropped);
      this.send(socket, queue);
    }
  }

  /** A client takes the next message when its connection has taken the last one. */
  private send(socket: StationSocket, queue: WaveformQueue): void {
    while (queue.length > 0 && socket.conn.transport.writable) {
      const message = queue.shift();
      if (message === null) break;
      socket.emit('waveform', message);
      this.metrics.waveforms.inc();
    }
    if (queue.length > 0)
      this.retry ??= setTimeout(() => this.sendAll(), GATEWAY_LIMITS.waveformRetryMs);
  }

  private sendAll(): void {
    this.retry = null;
    for (const clients of this.watched.values()) {
      for (const [socket, queue] of clients) this.send(socket, queue);
    }
  }
}
