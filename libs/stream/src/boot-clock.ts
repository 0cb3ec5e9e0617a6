import { ArrivalSteps, type ArrivalStepsSnapshot } from './arrival-steps.js';
import { type ClockBounds, boundsAt, joined } from './clock-bounds.js';
import { PLACEMENT_RULES } from './placement-rules.js';

/** What one frame tells of its boot's clock. */
export interface ClockEvidence {
  /** Device's monotonic clock at the sending, or at the frame's end when it does not say, ms since boot. */
  sentMs: number;
  /** Whether the device said so. */
  isStamped: boolean;
  /** From the frame's last sample to the sending, ms. */
  waitedMs: number;
  /** Station's clock at the arrival. */
  receivedMs: number;
  /** Station's clock when the connection that it came on began. */
  connectedMs: number;
  /** By how much the device's wall clock was ahead of the station's at the arrival, ms; null when it has none. */
  wallErrorMs: number | null;
  isLive: boolean;
  /** Sent once more by the device's MQTT library, as it was. */
  isRepeated: boolean;
}

/** Evidence of one stretch of a boot; `atMs` moves on with it. */
interface Anchor extends ClockBounds {
  fromMs: number;
  /** The device's clock stood still, or the way became longer: frames in step cannot tell which. */
  isAmbiguous: boolean;
}

/** Structured-cloneable state of a `BootClock`. */
export interface BootClockSnapshot {
  bootId: string;
  anchors: Anchor[];
  steps: ArrivalStepsSnapshot | null;
  firstMs: number;
  lastMs: number;
  firstWallErrorMs: number | null;
  lastWallErrorMs: number | null;
  notesSending: boolean;
  wasHeardLive: boolean;
  isOver: boolean;
}

/**
 * One life of a device's monotonic clock, on the station's clock. Every arrival bounds the offset between both from above:
 * nothing arrives before it was sent. And from below, as far as something tells how long the frame can have been on its
 * way: the connection was not there before, or frames came in step. Away from the evidence the bounds widen by the drift.
 */
export class BootClock {
  readonly bootId: string;
  /** Another boot of the device has come after it. */
  isOver: boolean;
  private firstReceivedMs: number;
  private lastReceivedMs: number;
  private firstWall: number | null;
  private lastWall: number | null;
  /** By `atMs`; the last one takes the evidence. */
  private readonly anchors: Anchor[];
  private readonly steps: ArrivalSteps;
  /** Whether a frame has shown that its sending is noted when it leaves. */
  private notesSending: boolean;
  private wasHeardLive: boolean;

  constructor(from: string | BootClockSnapshot) {
    const saved = typeof from === 'string' ? null : from;
    this.bootId = typeof from === 'string' ? from : from.bootId;
    this.isOver = saved?.isOver ?? false;
    this.firstReceivedMs = saved?.firstMs ?? Infinity;
    this.lastReceivedMs = saved?.lastMs ?? -Infinity;
    this.firstWall = saved?.firstWallErrorMs ?? null;
    this.lastWall = saved?.lastWallErrorMs ?? null;
    this.anchors = (saved?.anchors ?? []).map((anchor) => ({ ...anchor }));
    this.steps = new ArrivalSteps(saved?.steps);
    this.notesSending = saved?.notesSending ?? false;
    this.wasHeardLive = saved?.wasHeardLive ?? false;
  }

  save(): BootClockSnapshot {
    return {
      bootId: this.bootId,
      anchors: this.anchors.map((anchor) => ({ ...anchor })),
      steps: this.steps.save(),
      firstMs: this.firstReceivedMs,
      lastMs: this.lastReceivedMs,
      firstWallErrorMs: this.firstWall,
      lastWallErrorMs: this.lastWall,
      notesSending: this.notesSending,
      wasHeardLive: this.wasHeardLive,
      isOver: this.isOver,
    };
  }

  /** Station's clock at the first and the last evidence. */
  get firstMs(): number {
    return this.firstReceivedMs;
  }

  get lastMs(): number {
    return this.lastReceivedMs;
  }

  /** Whether the device's wall clock was right when the boot was first heard, and when last. */
  get wasRightAtFirst(): boolean {
    return this.firstWall !== null && Math.abs(this.firstWall) <= PLACEMENT_RULES.rightMs;
  }

  get wasRightAtLast(): boolean {
    return this.lastWall !== null && Math.abs(this.lastWall) <= PLACEMENT_RULES.rightMs;
  }

  /** The newest bounds; null before the first evidence. */
  get newest(): Readonly<ClockBounds> | null {
    return this.anchors.at(-1) ?? null;
  }

  observe(evidence: ClockEvidence): void {
    const { receivedMs, wallErrorMs, sentMs, isLive, isStamped, isRepeated } = evidence;
    if (this.isImpossible(evidence)) return;
    this.firstReceivedMs = Math.min(this.firstReceivedMs, receivedMs);
    this.lastReceivedMs = Math.max(this.lastReceivedMs, receivedMs);
    this.compareWall(receivedMs, wallErrorMs);
    const isNoted = isStamped && !isRepeated;
    if (isNoted) this.notesSending ||= evidence.waitedMs >= PLACEMENT_RULES.waitedMs;
    this.wasHeardLive ||= isLive;

    const upperMs = receivedMs - sentMs;
    const seen = { atMs: sentMs, lowerMs: this.lowerOf(evidence), upperMs };
    const anchor = this.anchorFor(seen);
    this.take(anchor, boundsAt(seen, anchor.atMs));
    const leastMs = isLive && isNoted ? this.steps.note(receivedMs, upperMs) : null;
    if (leastMs !== null) this.takeStep(anchor, leastMs);
  }

  /** The station's clock was moved by so much, just now: what is sampled from here on is bounded anew. */
  stepped(stepMs: number): void {
    const last = this.anchors.at(-1);
    if (last === undefined) return;
    this.add({
      atMs: last.atMs,
      lowerMs: last.lowerMs + Math.min(0, stepMs),
      upperMs: last.upperMs + Math.max(0, stepMs),
    });
  }

  /** Between which offsets the clocks lay at a time of the device; null without any evidence. */
  boundsAt(deviceMs: number): ClockBounds | null {
    let after: ClockBounds | null = null;
    for (let i = this.anchors.length - 1; i >= 0; i--) {
      const anchor = this.anchors[i]!;
      const bounds = boundsAt(anchor, deviceMs);
      // in the anchor's own stretch, what is known before and after it says no more
      if (anchor.fromMs <= deviceMs)
        return after === null || deviceMs <= anchor.atMs ? bounds : joined(bounds, after);
      after = bounds;
    }
    return after;
  }

  /** A backlog that claims to have been sent long after what is being sent now: one such stamp must not move the clock. */
  private isImpossible({ isLive, sentMs, receivedMs }: ClockEvidence): boolean {
    const bounds = isLive || !this.wasHeardLive ? null : this.boundsAt(sentMs);
    if (bounds === null) return false;
    return receivedMs - sentMs < bounds.lowerMs - PLACEMENT_RULES.agreesMs;
  }

  /** From below: by when the frame was sent at the earliest. */
  private lowerOf(evidence: ClockEvidence): number {
    const { unknownWaitMs, agreesMs, backlogWaitMs } = PLACEMENT_RULES;
    const { sentMs, receivedMs, connectedMs, isStamped, isRepeated, isLive, waitedMs } = evidence;
    const upperMs = receivedMs - sentMs;
    const lateByWallMs = Math.max(0, -(evidence.wallErrorMs ?? 0));
    // without a stamp the frame is evidence only because its wall clock agrees with its arrival
    if (!isStamped) return upperMs - lateByWallMs - agreesMs;
    if (isRepeated || (!isLive && waitedMs < backlogWaitMs)) return upperMs - unknownWaitMs;
    // a program's queue may have held it after the stamp, and the device's own wall clock says so
    const mayHaveQueued = !this.notesSending && lateByWallMs > agreesMs;
    if (mayHaveQueued && lateByWallMs <= unknownWaitMs) return upperMs - lateByWallMs - agreesMs;
    return connectedMs - sentMs;
  }

  /** The anchor that takes the evidence, moved to its time; a new one when the last has covered its stretch. */
  private anchorFor(seen: ClockBounds): Anchor {
    const last = this.anchors.at(-1);
    if (last === undefined)
      return this.add({ ...seen, lowerMs: Math.min(seen.lowerMs, seen.upperMs) });
    if (seen.atMs <= last.atMs) return last;
    const moved = boundsAt(last, seen.atMs);
    const isCovered = seen.atMs - last.fromMs >= PLACEMENT_RULES.anchorMs;
    return isCovered ? this.add(moved) : Object.assign(last, moved);
  }

  private add(bounds: ClockBounds): Anchor {
    const anchor = { ...bounds, fromMs: bounds.atMs, isAmbiguous: false };
    this.anchors.push(anchor);
    this.makeRoom();
    return anchor;
  }

  private take(anchor: Anchor, seen: ClockBounds): void {
    const { agreesMs, roundingMs } = PLACEMENT_RULES;
    if (seen.upperMs < anchor.lowerMs - roundingMs) {
      // it came faster than was thought possible: what bounded the way from below was wrong
      anchor.upperMs = seen.upperMs;
      anchor.lowerMs = Math.min(seen.lowerMs, seen.upperMs - agreesMs);
      return;
    }
    anchor.upperMs = Math.min(anchor.upperMs, seen.upperMs);
    // above the upper bound: the stamp is older than its connection
    if (seen.lowerMs <= anchor.upperMs) anchor.lowerMs = Math.max(anchor.lowerMs, seen.lowerMs);
    anchor.lowerMs = Math.min(anchor.lowerMs, anchor.upperMs);
  }

  /** Frames came in step: they were on their way for no longer than an even way can take. */
  private takeStep(anchor: Anchor, leastMs: number): void {
    const { evenDelayMs } = PLACEMENT_RULES;
    const lowerMs = leastMs - evenDelayMs;
    if (lowerMs > anchor.upperMs) {
      const { lowerMs: before } = anchor;
      const stretch = this.add({ atMs: anchor.atMs, lowerMs: before, upperMs: leastMs });
      stretch.isAmbiguous = true;
    } else if (!anchor.isAmbiguous)
      anchor.lowerMs = Math.max(anchor.lowerMs, Math.min(lowerMs, anchor.upperMs));
  }

  private compareWall(receivedMs: number, errorMs: number | null): void {
    if (errorMs === null) return;
    this.lastWall = errorMs;
    const isEarly = receivedMs - this.firstReceivedMs <= PLACEMENT_RULES.firstHeardMs;
    if (!isEarly) return;
    if (this.firstWall === null || Math.abs(errorMs) < Math.abs(this.firstWall))
      this.firstWall = errorMs;
  }

  private makeRoom(): void {
    const { anchors } = this;
    if (anchors.length <= PLACEMENT_RULES.anchors) return;
    let nearest = 1;
    for (let i = 1; i < anchors.length - 1; i++) {
      const span = (at: number) => anchors[at + 1]!.atMs - anchors[at - 1]!.atMs;
      if (span(i) < span(nearest)) nearest = i;
    }
    anchors.splice(nearest, 1);
  }
}
