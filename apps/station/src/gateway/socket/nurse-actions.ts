import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  AUDIO_PAUSE_MS,
  type AcknowledgeRecord,
  type AudioPauseRecord,
  type Reply,
  encodeRecord,
  wardOfLimitsKey,
} from '@app/contracts';
import { isHigher } from '@app/alarms';
import type { Journal } from '@app/journal';
import type { Actor, Registry } from '@app/registry';
import type { Clock } from '../../platform/clock.js';
import { CLOCK, JOURNAL, REGISTRY } from '../../platform/tokens.js';
import { GatewayMetrics } from '../gateway-metrics.js';
import { RegistryFollower } from '../wall/registry-follower.js';
import { WallFollower } from '../wall/wall-follower.js';
import { acknowledgeSchema, pauseAudioSchema, problemOf } from './client-messages.js';

/**
 * What a nurse does about an alarm goes into the journal; the alarm machine answers it with an event that everyone sees. Each
 * answers `ok` when the record is durable, and never rejects.
 */
@Injectable()
export class NurseActions {
  private readonly logger = new Logger(NurseActions.name);

  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly follower: WallFollower,
    private readonly wards: RegistryFollower,
    private readonly metrics: GatewayMetrics,
  ) {}

  async acknowledge(request: unknown, actor: Actor): Promise<Reply> {
    const parsed = acknowledgeSchema.safeParse(request);
    if (!parsed.success) return this.refuse('bad-event', problemOf(parsed.error));
    const { patient, alarmId, note } = parsed.data;
    const alarm = this.follower.wall
      .alarmsOf(patient)
      .alarms.find((active) => active.alarmId === alarmId);
    if (alarm === undefined) {
      return this.refuse('no-such-alarm', `${patient} has no such alarm, or it has ended`);
    }
    if (alarm.signal === 'ack') {
      return this.refuse(
        'acknowledged-before',
        `${alarm.acknowledgedBy ?? 'somebody'} has acknowledged it already`,
      );
    }
    const { rule, priority } = alarm;
    if (isHigher(priority, parsed.data.priority ?? priority))
      return this.refuse('more-urgent', 'it has become more urgent since: look again');
    const atMs = Math.round(this.clock.nowMs());
    const by = actor.name;
    const record = { patient, alarmId, by, note, priority, atMs };
    const reply = await this.append({ type: 'acknowledge', ...record });
    if (!reply.ok) return reply;
    this.metrics.acknowledgements.inc();
    const after = { alarmId, rule, priority };
    await this.tellAudit(actor, { action: 'alarm.acknowledged', patient, reason: note, after });
    return reply;
  }

  /** For `AUDIO_PAUSE_MS` from now, whoever asks: a second one begins them anew. */
  async pauseAudio(request: unknown, actor: Actor): Promise<Reply> {
    const parsed = pauseAudioSchema.safeParse(request);
    if (!parsed.success) return this.refuse('bad-event', problemOf(parsed.error));
    const { patient } = parsed.data;
    const ward = wardOfLimitsKey(patient);
    const isThere =
      ward === null ? this.follower.wall.wardOf(patient) !== null : this.wards.knows(ward);
    if (!isThere) return this.refuse('no-such-patient', `${patient} is in no ward`);
    const atMs = Math.round(this.clock.nowMs());
    const untilMs = atMs + AUDIO_PAUSE_MS;
    const by = actor.name;
    const reply = await this.append({ type: 'audio-pause', patient, untilMs, by, atMs });
    if (!reply.ok) return reply;
    this.metrics.audioPauses.inc();
    const after = { untilMs };
    await this.tellAudit(actor, { action: 'audio.paused', patient, reason: null, after });
    return reply;
  }

  private async append(record: AcknowledgeRecord | AudioPauseRecord): Promise<Reply> {
    try {
      const value = encodeRecord(record);
      await this.journal.append('ward', [{ key: record.patient, value }]);
      return { ok: true };
    } catch (error) {
      this.logger.error(`${record.type} not appended: ${(error as Error).message}`);
      return this.refuse('journal', 'the journal does not take it: try again');
    }
  }

  /** The record in the journal is what counts: it stands, and says who, also when the audit cannot be written. */
  private async tellAudit(
    actor: Actor,
    {
      action,
      patient,
      reason,
      after,
    }: { action: string; patient: string; reason: string | null; after: Record<string, unknown> },
  ): Promise<void> {
    const ward = wardOfLimitsKey(patient);
    try {
      await this.registry.audit.note(actor, {
        action,
        subjectType: ward === null ? 'patient' : 'ward',
        subject: ward ?? patient,
        ward: ward ?? (await this.registry.patients.wardOf(patient)),
        reason,
        after,
      });
    } catch (error) {
      this.logger.error(`${action} not in the audit: ${(error as Error).message}`);
    }
  }

  private refuse(reason: string, error: string): Extract<Reply, { ok: false }> {
    this.metrics.refused.inc({ reason });
    return { ok: false, error };
  }
}
