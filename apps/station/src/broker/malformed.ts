import { FRAME_REJECTIONS, type DeviceError, type FrameRejection } from '@app/contracts';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock } from '../platform/clock.js';
import { CLOCK } from '../platform/tokens.js';
import { BrokerMetrics } from './broker-metrics.js';
import { DeviceMessenger } from './device-messenger.js';
import type { DeviceSession } from './device-session.js';
import { BROKER_LIMITS } from './limits.js';
import { ReportLimit } from '../platform/report-limit.js';

export type MalformedReason = Exclude<
  DeviceError['reason'],
  'slowed' | 'not-admitted' | 'not-placed'
>;

const MEANINGS: Record<Exclude<MalformedReason, FrameRejection>, string> = {
  'not-allowed': 'a device publishes only to its own topics frames, backfill and status',
  'bad-status':
    'a status message is {"state":"online"|"offline"} with the optional fields of docs/wire.md',
};

/**
 * What happens to a message that cannot be used: it is counted, sampled to the log and reported to the device, and the
 * caller acknowledges and drops it, or it would jam the device's outbox. Who keeps sending such messages is disconnected.
 */
@Injectable()
export class Malformed {
  private readonly logger = new Logger('Broker');
  private readonly logged = new ReportLimit<MalformedReason>(BROKER_LIMITS.reportIntervalMs);

  constructor(
    private readonly metrics: BrokerMetrics,
    private readonly messenger: DeviceMessenger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  note(session: DeviceSession, reason: MalformedReason, detail: string): void {
    const nowMs = this.clock.nowMs();
    this.metrics.framesRejected.inc({ reason });
    const count = this.logged.note(reason, nowMs);
    if (count !== null) {
      const others = count > 1 ? ` (${count} since the last such line)` : '';
      this.logger.warn(`${session.device}: ${reason}: ${printable(detail)}${others}`);
    }
    const meaning = isFrameRejection(reason) ? FRAME_REJECTIONS[reason] : MEANINGS[reason];
    this.messenger.report(session, reason, `${meaning} (${printable(detail)})`);

    const { malformed } = session.allowance;
    if (malformed.waitMs(1, nowMs) > 0) session.end('malformed');
    else malformed.take(1, nowMs);
  }
}

function isFrameRejection(reason: MalformedReason): reason is FrameRejection {
  return reason in FRAME_REJECTIONS;
}

/** What a client wrote, fit for a log line: no control characters, not long. */
function printable(detail: string): string {
  return JSON.stringify(detail.slice(0, 200)).slice(1, -1);
}
