import { topicOf, type DeviceError, type Downlink } from '@app/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../platform/clock.js';
import { CLOCK } from '../platform/tokens.js';
import { BrokerMetrics } from './broker-metrics.js';
import type { DeviceSession } from './device-session.js';
import { BROKER_LIMITS } from './limits.js';

/** Whether the message was written; `no-subscription` and `slow-reader` say why not. */
export type Sent = 'sent' | 'no-subscription' | 'slow-reader';

/**
 * Writes to a device, on a topic that it has subscribed to. Straight to its connection and not through aedes' own queue,
 * which all clients share: a device that does not read costs nobody else anything.
 */
@Injectable()
export class DeviceMessenger {
  constructor(
    private readonly metrics: BrokerMetrics,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param qos 1 for what the device must confirm to have received; it is not sent again on the same connection. */
  send(session: DeviceSession, channel: Downlink, message: object, qos: 0 | 1): Sent {
    if (!session.downlinks.has(channel) || session.client.closed) return 'no-subscription';
    if (session.connection.writableLength > BROKER_LIMITS.downlinkBytes) {
      this.metrics.downlinkDropped.inc({ channel });
      return 'slow-reader';
    }
    session.client.publish(
      {
        cmd: 'publish',
        topic: topicOf(session.device, channel),
        payload: Buffer.from(JSON.stringify(message)),
        qos,
        dup: false,
        retain: false,
      },
      // a failed write ends the connection, which is where it is handled
      () => undefined,
    );
    this.metrics.downlinkSent.inc({ channel });
    return 'sent';
  }

  /** Tells a device what is wrong, at most once per reason and interval. */
  report(session: DeviceSession, reason: DeviceError['reason'], message: string): void {
    const atMs = Math.round(this.clock.nowMs());
    const count = session.reports.note(reason, atMs);
    if (count === null) return;
    this.send(session, 'errors', { reason, message, count, atMs } satisfies DeviceError, 0);
  }
}
