import { decodeFrame, type Lane } from '@app/contracts';
import type { DeviceStore } from '@app/registry';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../platform/clock.js';
import { CLOCK, DEVICES } from '../platform/tokens.js';
import { BrokerMetrics } from './broker-metrics.js';
import type { DeviceSession } from './device-session.js';
import { InputLog } from './input-log.js';
import { Malformed } from './malformed.js';

/** `acknowledge`: the frame is durable, or is dropped for good. `disconnect`: it is neither, so the device keeps it. */
export type FrameVerdict = 'acknowledge' | 'disconnect';

/** One frame from a device's topic into the journal: decoded and validated once, here. */
@Injectable()
export class FrameIntake {
  constructor(
    private readonly log: InputLog,
    private readonly malformed: Malformed,
    private readonly metrics: BrokerMetrics,
    @Inject(DEVICES) private readonly devices: DeviceStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The append is asked for before this returns its promise, so frames stay in the order of the calls. */
  async accept(session: DeviceSession, lane: Lane, payload: Uint8Array): Promise<FrameVerdict> {
    this.metrics.frameBytes.inc({ lane }, payload.length);
    const decoded = decodeFrame(payload);
    if (!decoded.ok) {
      this.malformed.note(session, decoded.reason, decoded.detail);
      return 'acknowledge';
    }
    if (decoded.frame.device !== session.device) {
      this.malformed.note(session, 'wrong-device', decoded.frame.device);
      return 'acknowledge';
    }
    // asked for with every frame: the device may have been given to another patient, or taken away
    const record = this.devices.find(session.device);
    if (record === null) {
      session.blame('removed');
      return 'disconnect';
    }
    try {
      await this.log.append(session.device, {
        type: 'frame',
        patient: record.patient,
        origin: record.origin,
        lane,
        receivedMs: this.clock.nowMs(),
        frame: decoded.bytes,
      });
    } catch {
      session.blame('journal');
      return 'disconnect';
    }
    this.metrics.framesAccepted.inc({ lane });
    return 'acknowledge';
  }
}
