import { CANARY, decodeFrame, type Lane } from '@app/contracts';
import type { DeviceEntry } from '@app/registry';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock } from '../platform/clock.js';
import { ReportLimit } from '../platform/report-limit.js';
import { CLOCK } from '../platform/tokens.js';
import { BrokerMetrics } from './broker-metrics.js';
import { DeviceMessenger } from './device-messenger.js';
import type { DeviceSession } from './device-session.js';
import { FramePlacing } from './frame-placing.js';
import { InputLog } from './input-log.js';
import { BROKER_LIMITS } from './limits.js';
import { Malformed } from './malformed.js';
import type { Publication } from './publication.js';
import { UNASSIGNED } from './unassigned.js';
import { WearerWatch } from './wearer-watch.js';
import { Wearers } from './wearers.js';

/** `acknowledge`: the frame is durable, or is dropped for good. `disconnect`: it is neither, so the device keeps it. */
export type FrameVerdict = 'acknowledge' | 'disconnect';

/** One frame from a device's topic into the journal: decoded, validated and placed on its wearer once, here. */
@Injectable()
export class FrameIntake {
  private readonly logger = new Logger('Broker');
  private readonly logged = new ReportLimit<'registry'>(BROKER_LIMITS.reportIntervalMs);

  constructor(
    private readonly log: InputLog,
    private readonly malformed: Malformed,
    private readonly messenger: DeviceMessenger,
    private readonly metrics: BrokerMetrics,
    private readonly wearers: Wearers,
    private readonly placing: FramePlacing,
    private readonly watch: WearerWatch,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Frames of one session are appended in the order of the calls. */
  async accept(
    session: DeviceSession,
    lane: Lane,
    { payload, isRepeated }: Publication,
  ): Promise<FrameVerdict> {
    const receivedMs = this.clock.nowMs();
    this.metrics.frameBytes.inc({ lane }, payload.length);
    const decoded = decodeFrame(payload);
    if (!decoded.ok) {
      this.malformed.note(session, decoded.reason, decoded.detail);
      return 'acknowledge';
    }
    const { frame, bytes } = decoded;
    if (frame.device !== session.device) {
      this.malformed.note(session, 'wrong-device', frame.device);
      return 'acknowledge';
    }
    // asked for with every frame: the device may have been given to another patient, or taken away
    const entry = await this.entryOf(session);
    if (entry === null) return 'disconnect';
    this.watch.follow(session, entry);
    const { openedMs: connectedMs } = session.connection;
    const arrival = { lane, receivedMs, connectedMs, isRepeated };
    const { patient, unassigned } = this.placing.place(entry, frame, arrival);
    try {
      await this.log.append(session.device, {
        type: 'frame',
        patient,
        unassigned,
        origin: entry.origin,
        lane,
        receivedMs,
        frame: bytes,
      });
    } catch {
      session.blame('journal');
      return 'disconnect';
    }
    if (session.device !== CANARY) this.metrics.framesAccepted.inc({ lane });
    if (unassigned !== null) {
      this.metrics.framesUnassigned.inc({ reason: unassigned });
      this.messenger.report(session, unassigned, UNASSIGNED[unassigned]);
    }
    return 'acknowledge';
  }

  private async entryOf(session: DeviceSession): Promise<DeviceEntry | null> {
    try {
      const entry = await session.inTurn(() => this.wearers.entry(session.device));
      if (entry === null) session.blame('removed');
      return entry;
    } catch (error) {
      // the device keeps the frame: without the registry nobody can say whose it is
      session.blame('registry');
      if (this.logged.note('registry', this.clock.nowMs()) !== null)
        this.logger.error(`the registry cannot be read: ${String(error)}`);
      return null;
    }
  }
}
