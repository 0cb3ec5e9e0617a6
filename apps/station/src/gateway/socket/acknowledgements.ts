import { Inject, Injectable, Logger } from '@nestjs/common';
import { type AlarmEvent, type Reply, encodeRecord } from '@app/contracts';
import type { Journal } from '@app/journal';
import type { Actor, Registry } from '@app/registry';
import type { Clock } from '../../platform/clock.js';
import { CLOCK, JOURNAL, REGISTRY } from '../../platform/tokens.js';
import { GatewayMetrics } from '../gateway-metrics.js';
import { WallFollower } from '../wall/wall-follower.js';
import { acknowledgeSchema, problemOf } from './client-messages.js';

/** A nurse's acknowledgement goes into the journal; the alarm machine answers it with an event that everyone sees. */
@Injectable()
export class Acknowledgements {
  private readonly logger = new Logger(Acknowledgements.name);

  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly follower: WallFollower,
    private readonly metrics: GatewayMetrics,
  ) {}

  /** Answers `ok` when the record is durable. Never rejects. */
  async acknowledge(request: unknown, actor: Actor): Promise<Reply> {
    const parsed = acknowledgeSchema.safeParse(request);
    if (!parsed.success) return this.refuse('bad-event', problemOf(parsed.error));
    const { patient, alarmId, note } = parsed.data;
    const by = actor.name;
    const alarm = this.follower.wall
      .state(patient)
      ?.alarms.find((active) => active.alarmId === alarmId);
    if (alarm === undefined) {
      return this.refuse('no-such-alarm', `${patient} has no such alarm, or it has ended`);
    }
    if (alarm.signal === 'ack') {
      return this.refuse(
        'acknowledged-before',
        `${alarm.acknowledgedBy ?? 'somebody'} has acknowledged it already`,
      );
    }
    const atMs = Math.round(this.clock.nowMs());
    try {
      const value = encodeRecord({ type: 'acknowledge', patient, alarmId, by, note, atMs });
      await this.journal.append('ward', [{ key: patient, value }]);
    } catch (error) {
      this.logger.error(`acknowledgement not appended: ${(error as Error).message}`);
      return this.refuse('journal', 'the journal does not take it: try again');
    }
    this.metrics.acknowledgements.inc();
    await this.tellAudit(actor, alarm, note);
    return { ok: true };
  }

  /** The record in the journal is what counts: it stands, and says who, also when the audit cannot be written. */
  private async tellAudit(actor: Actor, alarm: AlarmEvent, note: string | null): Promise<void> {
    const { patient, alarmId, rule, priority } = alarm;
    try {
      await this.registry.audit.note(actor, {
        action: 'alarm.acknowledged',
        subjectType: 'patient',
        subject: patient,
        ward: await this.registry.patients.wardOf(patient),
        reason: note,
        after: { alarmId, rule, priority },
      });
    } catch (error) {
      this.logger.error(`acknowledgement not in the audit: ${(error as Error).message}`);
    }
  }

  private refuse(reason: string, error: string): Reply {
    this.metrics.refused.inc({ reason });
    return { ok: false, error };
  }
}
