import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Registry } from 'prom-client';
import { type CanaryEvent, decodeEventRecord, decodeWardRecord, partitionOf } from '@app/contracts';
import type { Journal, JournalRecord } from '@app/journal';
import type { Clock } from '../../platform/clock.js';
import { nextOffsets, runConsumer } from '../../platform/consumer.js';
import { fatal } from '../../platform/fatal.js';
import { Health } from '../../platform/health.js';
import { CLOCK, JOURNAL, METRICS } from '../../platform/tokens.js';
import { UnreadableRecords } from '../../platform/unreadable-records.js';
import { progressHealth } from './progress-health.js';
import { ProgressBoard } from './progress-board.js';
import { WALL_CHECKPOINTS, partOfKey } from './saved-part.js';
import { UnsavedChanges, decodePart } from './unsaved-changes.js';
import { Wall, type WallChange } from './wall.js';

/** Called for every change of a patient. `appendMs`: when the record that caused it was appended. */
export type WallListener = (patient: string, appendMs: number) => void;

/** Keeps the wall up to `ward` and `events`, each with its own saved offset: a restart shows the same wall at once. */
@Injectable()
export class WallFollower implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly wall = new Wall();
  readonly processor: ProgressBoard;
  readonly alarms: ProgressBoard;
  private readonly partitions: readonly number[];
  private readonly listeners = new Set<WallListener>();
  private readonly strayListeners = new Set<() => void>();
  private readonly canaryListeners = new Set<(event: CanaryEvent) => void>();
  private readonly unsaved = { ward: new UnsavedChanges(), events: new UnsavedChanges() };
  private readonly stop = new AbortController();
  readonly unreadable: UnreadableRecords;
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(METRICS) metrics: Registry,
    health: Health,
  ) {
    this.unreadable = new UnreadableRecords(metrics, 'gateway');
    this.partitions = Array.from({ length: journal.partitions }, (_, partition) => partition);
    this.processor = new ProgressBoard(journal.partitions);
    this.alarms = new ProgressBoard(journal.partitions);
    const now = () => this.clock.nowMs();
    health.register('processor progress', () =>
      progressHealth('The processor', this.processor.oldestMs(), now()),
    );
    health.register('alarm progress', () =>
      progressHealth('The alarm machine', this.alarms.oldestMs(), now()),
    );
  }

  onChange(listener: WallListener): void {
    this.listeners.add(listener);
  }

  /** Called when the devices that belong to nobody have changed. */
  onStrays(listener: () => void): void {
    this.strayListeners.add(listener);
  }

  /** Called for every canary that has come to the alarm machine; again after a restart. */
  onCanary(listener: (event: CanaryEvent) => void): void {
    this.canaryListeners.add(listener);
  }

  /** The saved wall is there before the server listens; what came after it is read from then on. */
  async onApplicationBootstrap(): Promise<void> {
    await Promise.all([this.restore('ward'), this.restore('events')]);
    this.running = Promise.all([this.follow('ward'), this.follow('events')]).catch(
      (error: unknown) => {
        if (!this.stop.signal.aborted) fatal('gateway', error);
      },
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.running;
  }

  private async restore(stream: 'ward' | 'events'): Promise<void> {
    for (const partition of this.partitions) {
      const saved = await this.journal.checkpoint(WALL_CHECKPOINTS[stream], partition);
      for (const bytes of saved?.state.values() ?? []) {
        const part = decodePart(bytes);
        if (part !== null) this.wall.restore(part);
      }
    }
  }

  private follow(stream: 'ward' | 'events'): Promise<void> {
    const unsaved = this.unsaved[stream];
    return runConsumer(this.journal, {
      name: WALL_CHECKPOINTS[stream],
      stream,
      partitions: this.partitions,
      start: 'oldest',
      signal: this.stop.signal,
      handle: (records) => {
        for (const record of records) {
          const change = stream === 'ward' ? this.applyWard(record) : this.applyEvent(record);
          if (change === null) continue;
          for (const key of change.keys) this.toSave(key, record.partition);
          for (const patient of change.patients) this.tell(patient, record.appendMs);
          if (change.strays) for (const listen of this.strayListeners) listen();
        }
        const due = unsaved.due(this.clock.nowMs(), nextOffsets(records), (key) =>
          this.wall.saved(key),
        );
        return Promise.resolve(due);
      },
    });
  }

  private applyWard(record: JournalRecord): WallChange | null {
    const ward = this.unreadable.decode(record, decodeWardRecord);
    if (ward === null) return null;
    if (ward.type === 'progress') this.processor.report(ward.partition, ward.tickMs);
    return this.wall.applyWard(ward, record.appendMs);
  }

  private applyEvent(record: JournalRecord): WallChange | null {
    const event = this.unreadable.decode(record, decodeEventRecord);
    if (event === null) return null;
    if (event.type === 'progress') this.alarms.report(event.partition, event.tickMs);
    if (event.type === 'canary') for (const listen of this.canaryListeners) listen(event);
    return this.wall.applyEvent(event);
  }

  /** A part is saved with the partition that its records come from, whatever record has changed it. */
  private toSave(key: string, partition: number): void {
    const { type, name } = partOfKey(key);
    const own = type === 'limits' ? partition : partitionOf(name, this.journal.partitions);
    this.unsaved[type === 'alarms' ? 'events' : 'ward'].change(own, key);
  }

  private tell(patient: string, appendMs: number): void {
    for (const listen of this.listeners) listen(patient, appendMs);
  }
}
