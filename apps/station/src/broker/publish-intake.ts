import type { Lane } from '@app/contracts';
import { Injectable } from '@nestjs/common';
import { BrokerMetrics } from './broker-metrics.js';
import { DeviceMessenger } from './device-messenger.js';
import type { DeviceSession } from './device-session.js';
import { FrameIntake, type FrameVerdict } from './frame-intake.js';
import { BROKER_LIMITS, type PacedTopic } from './limits.js';
import { Malformed } from './malformed.js';
import { parseStatus } from './status.js';
import type { Publication } from './publication.js';
import { publishable } from './topic-policy.js';

/** `forward`: acknowledge the message and let it be retained. */
export type IntakeVerdict = FrameVerdict | 'forward';

/** Takes every message that a device publishes: paces it, then hands it to what its topic is for. */
@Injectable()
export class PublishIntake {
  constructor(
    private readonly frames: FrameIntake,
    private readonly malformed: Malformed,
    private readonly messenger: DeviceMessenger,
    private readonly metrics: BrokerMetrics,
  ) {}

  /**
   * Calls back once, when the message may be acknowledged or the device must be disconnected; never when the connection
   * ends before. Messages of one topic are worked on in their order.
   */
  accept(
    session: DeviceSession,
    message: Publication,
    done: (verdict: IntakeVerdict) => void,
  ): void {
    const { topic, payload } = message;
    const channel = publishable(session.device, topic);
    const paced = channel ?? 'status';
    session.queues[paced].enter(payload.length, (waitedMs) => {
      if (waitedMs > 0) this.slowed(session, paced, waitedMs);
      switch (channel) {
        case 'frames':
          void this.frame(session, 'live', message, done);
          return;
        case 'backfill':
          void this.frame(session, 'backfill', message, done);
          return;
        case 'status':
          done(this.status(session, payload) ? 'forward' : 'acknowledge');
          return;
        case null:
          this.malformed.note(session, 'not-allowed', topic);
          done('acknowledge');
      }
    });
  }

  private async frame(
    session: DeviceSession,
    lane: Lane,
    message: Publication,
    done: (verdict: FrameVerdict) => void,
  ): Promise<void> {
    done(await this.frames.accept(session, lane, message));
  }

  /** @returns whether it was a status message. */
  private status(session: DeviceSession, payload: Uint8Array): boolean {
    const parsed = parseStatus(payload);
    if (!parsed.ok) {
      this.malformed.note(session, 'bad-status', parsed.detail);
      return false;
    }
    this.metrics.statusMessages.inc();
    session.waitingFrames = parsed.status.waitingFrames ?? 0;
    return true;
  }

  private slowed(session: DeviceSession, topic: PacedTopic, waitedMs: number): void {
    this.metrics.slowed.inc({ topic });
    this.metrics.slowedSeconds.inc({ topic }, waitedMs / 1000);
    if (waitedMs >= BROKER_LIMITS.slowedReportMs) {
      const message = `more on the topic ${topic} than its rate allows: acknowledgements come late`;
      this.messenger.report(session, 'slowed', message);
    }
  }
}
