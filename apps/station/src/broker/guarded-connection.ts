import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Clock } from '../platform/clock.js';
import { PACKET, readFixedHeader } from './fixed-header.js';
import type { GateVerdict, InFlightTotal, PacketGate, Pace, Refusal } from './packet-gate.js';

/**
 * A client's socket behind a `PacketGate`: bytes of a packet pass only once its fixed header was judged. While a packet
 * has to wait, the socket is not read, so TCP slows the client; at most one read of the socket is held here.
 */
export class GuardedConnection extends Duplex {
  /** Whether the client said goodbye (DISCONNECT) before the connection ended. */
  saidGoodbye = false;
  /** When it was opened, station's clock, ms. */
  readonly openedMs: number;
  private held: Buffer = Buffer.alloc(0);
  /** Bytes of the current packet that may still pass. */
  private admittedBytes = 0;
  private timer: NodeJS.Timeout | null = null;
  private waits = false;
  private ended = false;
  private closing = false;

  constructor(
    private readonly socket: Socket,
    private readonly gate: PacketGate,
    private readonly total: InFlightTotal,
    private readonly clock: Clock,
    private readonly onRefused: (refusal: Refusal) => void,
  ) {
    super({ allowHalfOpen: false, writableHighWaterMark: 64 * 1024 });
    this.openedMs = clock.nowMs();
    socket.on('data', (chunk: Buffer) => this.onData(chunk));
    socket.on('end', () => {
      this.ended = true;
      this.pass();
    });
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
  }

  /** Lets through what comes after the CONNECT packet. */
  open(pace: Pace): void {
    this.gate.open(pace);
    this.pass();
  }

  /** A publish was acknowledged, or will never be. */
  publishDone(): void {
    this.gate.publishDone();
    this.pass();
  }

  /** Reads nothing more, and closes after `graceMs`, so that what was written last can leave. */
  closeAfter(graceMs: number): void {
    if (this.closing) return;
    this.closing = true;
    this.socket.pause();
    setTimeout(() => this.destroy(), graceMs);
  }

  override _read(): void {
    if (!this.waits && !this.closing) this.socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void) {
    this.socket.write(chunk, done);
  }

  override _writev(
    chunks: { chunk: Buffer; encoding: BufferEncoding }[],
    done: (error?: Error | null) => void,
  ): void {
    this.socket.write(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.socket.end(done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.closing = true;
    if (this.timer !== null) clearTimeout(this.timer);
    this.total.forget(this.pass);
    this.gate.close();
    this.held = Buffer.alloc(0);
    this.socket.destroy();
    done(error);
  }

  private onData(chunk: Buffer): void {
    if (this.closing) return;
    this.held = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]);
    this.pass();
  }

  /** Lets through what may pass now. */
  private readonly pass = (): void => {
    if (this.closing || this.timer !== null) return;
    const end = this.admitted();
    const hasRoom = end === 0 || this.push(this.held.subarray(0, end));
    this.held = this.held.subarray(end);
    if (this.ended && !this.waits) this.push(null);
    else if (hasRoom && !this.waits) this.socket.resume();
    else this.socket.pause();
  };

  /** How many of the held bytes may pass, from the first on. */
  private admitted(): number {
    let end = 0;
    this.waits = false;
    while (end < this.held.length) {
      if (this.admittedBytes > 0) {
        const bytes = Math.min(this.admittedBytes, this.held.length - end);
        this.admittedBytes -= bytes;
        end += bytes;
        continue;
      }
      const header = readFixedHeader(this.held, end);
      if (header.kind === 'incomplete') break;
      const verdict: GateVerdict =
        header.kind === 'malformed'
          ? { kind: 'refuse', reason: 'protocol-error', detail: 'remaining length' }
          : this.gate.judge(header, this.clock.nowMs());
      if (verdict.kind !== 'pass' || header.kind === 'malformed') {
        this.hold(verdict);
        break;
      }
      if (header.type === PACKET.disconnect) this.saidGoodbye = true;
      this.admittedBytes = header.headerBytes + header.bodyBytes;
    }
    return end;
  }

  private hold(verdict: GateVerdict): void {
    switch (verdict.kind) {
      case 'wait':
        this.waits = true;
        this.timer = setTimeout(() => {
          this.timer = null;
          this.pass();
        }, verdict.ms);
        return;
      case 'wait-for-acknowledgement':
        this.waits = true;
        return;
      case 'wait-for-room':
        this.waits = true;
        this.total.whenRoom(this.pass);
        return;
      case 'refuse':
        this.waits = true;
        this.onRefused(verdict);
        return;
      case 'pass':
    }
  }
}
