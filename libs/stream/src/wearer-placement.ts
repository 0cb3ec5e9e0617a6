import { BootClock, type BootClockSnapshot } from './boot-clock.js';
import { PLACEMENT_RULES } from './placement-rules.js';
import { type Placement, type WornSpan, wearerAt } from './wearer-at.js';

/** What a frame says of time, and what its arrival does. Times of the device in ms since its boot, of the station in ms. */
export interface ArrivedFrame {
  bootId: string;
  /** The topic it came on. */
  lane: 'live' | 'backfill';
  /** Device's monotonic clock at the first sample, after the last one, and at the sending; null when it does not say. */
  startMs: number;
  endMs: number;
  sentMs: number | null;
  /** Device's wall clock at the first sample; null when it has none, or does not say what set it. */
  wallMs: number | null;
  /** Station's clock at the arrival, and when the connection that it came on began. */
  receivedMs: number;
  connectedMs: number;
  /** Whether the device's MQTT library sent it once more, as it was. */
  isRepeated: boolean;
}

/** Structured-cloneable state of a `WearerPlacement`. */
export interface WearerPlacementSnapshot {
  boots: BootClockSnapshot[];
  connection: { sinceMs: number; bootId: string | null };
}

/**
 * Says whose samples the frames of one device are: by the time at which they were taken, on the station's clock, and by who
 * wore the device then. A function of its calls. In doubt the samples are nobody's, never somebody else's.
 */
export class WearerPlacement {
  /** The one heard last at the end. */
  private readonly boots: BootClock[];
  /** The connection that frames come on, and whose live frames it brings. */
  private connection: { sinceMs: number; bootId: string | null };

  constructor(saved?: WearerPlacementSnapshot) {
    this.boots = (saved?.boots ?? []).map((boot) => new BootClock(boot));
    this.connection = saved === undefined ? { sinceMs: -1, bootId: null } : { ...saved.connection };
  }

  save(): WearerPlacementSnapshot {
    return { boots: this.boots.map((boot) => boot.save()), connection: { ...this.connection } };
  }

  /** The boot that was heard last. */
  get newest(): BootClock | null {
    return this.boots.at(-1) ?? null;
  }

  /** Learns what the frame tells of its boot's clock. */
  observe(frame: ArrivedFrame): void {
    const { bootId, lane, receivedMs, connectedMs, isRepeated, startMs, endMs, wallMs } = frame;
    const stampMs = believedStamp(frame);
    const sentMs = stampMs ?? endMs;
    const wallErrorMs = wallMs === null ? null : wallMs + (sentMs - startMs) - receivedMs;
    const agrees = wallErrorMs !== null && Math.abs(wallErrorMs) <= PLACEMENT_RULES.agreesMs;
    if (stampMs === null && !(lane === 'live' && agrees && frame.sentMs === null)) return;
    const boot = this.bootHeard(frame);
    boot?.observe({
      sentMs,
      isStamped: stampMs !== null,
      waitedMs: sentMs - endMs,
      receivedMs,
      connectedMs,
      wallErrorMs,
      isLive: lane === 'live',
      isRepeated,
    });
    if (boot !== null && boot.bootId === bootId) this.keep(boot);
  }

  /** The station's clock was moved by so much. */
  stepped(stepMs: number): void {
    for (const boot of this.boots) if (!boot.isOver) boot.stepped(stepMs);
  }

  /**
   * Whose samples the frame holds, by all that has been observed.
   * @param spans who wore the device when, oldest first
   * @param doubtMs how far the station's clock may be from the one by which the spans were written, ms
   */
  place(frame: ArrivedFrame, spans: readonly WornSpan[], doubtMs = 0): Placement {
    if (spans.length === 0) return { kind: 'not-admitted' };
    const { startMs, endMs, receivedMs } = frame;
    const bounds = this.known(frame.bootId)?.boundsAt(startMs) ?? null;
    if (bounds === null) return this.placeInSilence(frame, spans, doubtMs);
    const uncertainMs = PLACEMENT_RULES.marginMs + doubtMs;
    const fromMs = startMs + bounds.lowerMs - uncertainMs;
    // nothing is sampled after it has come
    const toMs = Math.min(endMs + latestOffsetMs(frame, bounds.upperMs), receivedMs) + uncertainMs;
    // a clock that runs ahead of time: nothing between now and then is excluded
    return wearerAt(spans, Math.min(fromMs, toMs), Math.max(fromMs, toMs));
  }

  /**
   * A boot that was never heard while it ran, or tells nothing of its clock. Its wall clock says in which silence of the
   * device it ran, if it was right before and after; who wore the device for all of that silence wore it then.
   */
  private placeInSilence(
    { startMs, endMs, wallMs }: ArrivedFrame,
    spans: readonly WornSpan[],
    doubtMs: number,
  ): Placement {
    if (wallMs === null) return { kind: 'not-placed' };
    const wallEndMs = wallMs + (endMs - startMs);
    let before: BootClock | null = null;
    let after: BootClock | null = null;
    for (const boot of this.boots) {
      if (boot.firstMs < wallEndMs && boot.lastMs > wallMs) return { kind: 'not-placed' };
      if (boot.lastMs <= wallMs && (before === null || boot.lastMs > before.lastMs)) before = boot;
      if (boot.firstMs >= wallEndMs && (after === null || boot.firstMs < after.firstMs))
        after = boot;
    }
    if (before?.wasRightAtLast !== true || after?.wasRightAtFirst !== true)
      return { kind: 'not-placed' };
    const uncertainMs = PLACEMENT_RULES.marginMs + doubtMs;
    return wearerAt(spans, before.lastMs - uncertainMs, after.firstMs + uncertainMs);
  }

  private known(bootId: string): BootClock | null {
    for (let i = this.boots.length - 1; i >= 0; i--)
      if (this.boots[i]!.bootId === bootId) return this.boots[i]!;
    return null;
  }

  /** The boot whose clock the frame tells of; null when it cannot be running: a device has one clock at a time. */
  private bootHeard({ bootId, lane, connectedMs }: ArrivedFrame): BootClock | null {
    if (connectedMs !== this.connection.sinceMs)
      this.connection = { sinceMs: connectedMs, bootId: null };
    const { connection } = this;
    const boot = this.known(bootId);
    if (boot?.isOver === true) return null;
    if (lane === 'live' && connection.bootId !== bootId) {
      connection.bootId = bootId;
      this.endOthers(bootId, connectedMs);
    }
    if (connection.bootId !== null && connection.bootId !== bootId) return null;
    return boot ?? new BootClock(bootId);
  }

  /** What was first heard on the connection that now brings live frames of another boot was not running. */
  private endOthers(bootId: string, connectedMs: number): void {
    for (const other of this.boots) if (other.bootId !== bootId) other.isOver = true;
    const heardNow = (one: BootClock) => one.bootId !== bootId && one.firstMs >= connectedMs;
    for (let i = this.boots.length - 1; i >= 0; i--)
      if (heardNow(this.boots[i]!)) this.boots.splice(i, 1);
  }

  private keep(boot: BootClock): void {
    if (this.boots.at(-1) === boot) return;
    const at = this.boots.indexOf(boot);
    if (at >= 0) this.boots.splice(at, 1);
    this.boots.push(boot);
    if (this.boots.length > PLACEMENT_RULES.boots) this.boots.shift();
  }
}

/**
 * The greatest offset that the frame may have been sampled at. A live frame that seems to come late either was under way
 * for long, or the device's clock stood still before it.
 */
function latestOffsetMs(frame: ArrivedFrame, upperMs: number): number {
  const stampMs = frame.lane === 'live' && !frame.isRepeated ? believedStamp(frame) : null;
  if (stampMs === null) return upperMs;
  const ownMs = frame.receivedMs - stampMs;
  return ownMs > upperMs + PLACEMENT_RULES.evenDelayMs ? ownMs : upperMs;
}

/** The time of sending as the device noted it, when that can be true. */
function believedStamp({ sentMs, endMs, lane }: ArrivedFrame): number | null {
  if (sentMs === null) return null;
  const waitedMs = sentMs - endMs;
  const canBe =
    waitedMs >= -PLACEMENT_RULES.sentEarlyMs && waitedMs <= PLACEMENT_RULES.longestWaitMs[lane];
  return canBe ? sentMs : null;
}
