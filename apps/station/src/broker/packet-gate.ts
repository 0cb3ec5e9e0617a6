import { PACKET, type FixedHeader } from './fixed-header.js';
import { BROKER_LIMITS } from './limits.js';

/** What to do with a packet of which only the fixed header has been read. */
export type GateVerdict =
  | { kind: 'pass' }
  /** Ask again when this connection is open or one of its publishes is acknowledged. */
  | { kind: 'wait-for-acknowledgement' }
  /** Ask again when a publish of any connection is acknowledged. */
  | { kind: 'wait-for-room' }
  | { kind: 'wait'; ms: number }
  | { kind: 'refuse'; reason: 'packet-too-large' | 'protocol-error'; detail: string };

export type Refusal = Extract<GateVerdict, { kind: 'refuse' }>;

export interface Pace {
  waitMs(packets: number, nowMs: number): number;
  take(packets: number, nowMs: number): void;
}

const FROM_CLIENT = new Set<number>(Object.values(PACKET));

/**
 * Judges every packet of one connection by its fixed header, before its body is read: aedes itself has no bound on a
 * packet's size, on packets per second or on unacknowledged publishes.
 */
export class PacketGate {
  private connectSeen = false;
  private isOpen = false;
  private inFlight = 0;

  constructor(
    private pace: Pace,
    private readonly total: InFlightTotal,
    private readonly limits: Record<
      'connectBytes' | 'publishBytes' | 'controlBytes' | 'publishesInFlight',
      number
    > = BROKER_LIMITS,
  ) {}

  judge(header: Extract<FixedHeader, { kind: 'complete' }>, nowMs: number): GateVerdict {
    const refusal = this.refusal(header);
    if (refusal !== null) return refusal;
    if (this.connectSeen && !this.isOpen) return { kind: 'wait-for-acknowledgement' };
    const ms = this.pace.waitMs(1, nowMs);
    if (ms > 0) return { kind: 'wait', ms };
    if (header.type === PACKET.publish) {
      if (this.inFlight >= this.limits.publishesInFlight)
        return { kind: 'wait-for-acknowledgement' };
      if (!this.total.tryTake()) return { kind: 'wait-for-room' };
      this.inFlight++;
    }
    this.connectSeen = true;
    this.pace.take(1, nowMs);
    return { kind: 'pass' };
  }

  /** A publish was acknowledged, or will never be. */
  publishDone(): void {
    if (this.inFlight === 0) return;
    this.inFlight--;
    this.total.give(1);
  }

  /** The connection is gone. */
  close(): void {
    this.total.give(this.inFlight);
    this.inFlight = 0;
  }

  /** The client has authenticated: what comes after its CONNECT may pass, at this pace. */
  open(pace: Pace): void {
    this.pace = pace;
    this.isOpen = true;
  }

  private refusal({ type, bodyBytes }: { type: number; bodyBytes: number }): Refusal | null {
    if (!FROM_CLIENT.has(type))
      return { kind: 'refuse', reason: 'protocol-error', detail: `packet type ${type}` };
    if ((type === PACKET.connect) === this.connectSeen) {
      const detail = this.connectSeen ? 'a second CONNECT' : 'the first packet is no CONNECT';
      return { kind: 'refuse', reason: 'protocol-error', detail };
    }
    const largest = this.largestBody(type);
    if (bodyBytes <= largest) return null;
    const detail = `packet type ${type} of ${bodyBytes} bytes, at most ${largest}`;
    return { kind: 'refuse', reason: 'packet-too-large', detail };
  }

  private largestBody(type: number): number {
    if (type === PACKET.connect) return this.limits.connectBytes;
    return type === PACKET.publish ? this.limits.publishBytes : this.limits.controlBytes;
  }
}

/** Publishes in flight over all connections. */
export class InFlightTotal {
  private count = 0;
  private readonly waiting = new Set<() => void>();

  constructor(private readonly limit: number = BROKER_LIMITS.publishesInFlightTotal) {}

  get current(): number {
    return this.count;
  }

  tryTake(): boolean {
    if (this.count >= this.limit) return false;
    this.count++;
    return true;
  }

  give(count: number): void {
    if (count === 0) return;
    this.count -= count;
    const woken = [...this.waiting];
    this.waiting.clear();
    for (const wake of woken) wake();
  }

  /** Calls once when there is room again; the connection that waits for longest first. */
  whenRoom(wake: () => void): void {
    this.waiting.add(wake);
  }

  forget(wake: () => void): void {
    this.waiting.delete(wake);
  }
}
