import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connectPacket, parsePackets } from './mqtt-bytes.js';

/** A TCP connection to a broker that sends whatever it is told to, and collects the packets that come back. */
export class RawClient {
  readonly packets: { type: number; body: Buffer }[] = [];
  private rest: Buffer = Buffer.alloc(0);
  private readonly waiting = new Set<() => void>();

  private static readonly alive = new Set<RawClient>();

  /** Closes every connection that a failed test has left open. */
  static closeAll(): void {
    for (const client of RawClient.alive) client.destroy();
  }

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      const { packets, rest } = parsePackets(Buffer.concat([this.rest, chunk]));
      this.rest = rest;
      this.packets.push(...packets);
      this.wake();
    });
    socket.on('error', () => undefined);
    RawClient.alive.add(this);
    socket.on('close', () => {
      RawClient.alive.delete(this);
      this.wake();
    });
  }

  static async open(port: number): Promise<RawClient> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const client = new RawClient(socket);
    await once(socket, 'connect');
    return client;
  }

  /** Opens a connection and authenticates. */
  static async session(
    port: number,
    device: string,
    secret: string,
    keepAlive = 30,
  ): Promise<RawClient> {
    const client = await RawClient.open(port);
    client.send(connectPacket({ clientId: device, username: device, password: secret, keepAlive }));
    const [connack] = await client.received(1);
    if (connack?.type !== 2 || connack.body[1] !== 0) throw new Error(`${device} was refused`);
    client.packets.length = 0;
    return client;
  }

  send(...packets: Uint8Array[]): void {
    if (!this.isClosed) this.socket.write(Buffer.concat(packets));
  }

  get isClosed(): boolean {
    return this.socket.destroyed;
  }

  /** Waits until so many packets have come, or the connection is closed. */
  async received(count: number): Promise<{ type: number; body: Buffer }[]> {
    await this.until(() => this.packets.length >= count);
    return this.packets;
  }

  /** Waits for a packet of a type. @returns false when the connection is closed before. */
  async receivedType(type: number): Promise<boolean> {
    const isThere = () => this.packets.some((packet) => packet.type === type);
    await this.until(isThere);
    return isThere();
  }

  /** Waits until the broker has closed the connection. @returns whether it did within the time. */
  async closed(withinMs: number): Promise<boolean> {
    let isOver = false;
    const timer = setTimeout(() => {
      isOver = true;
      this.wake();
    }, withinMs);
    await this.until(() => isOver);
    clearTimeout(timer);
    return this.isClosed;
  }

  destroy(): void {
    this.socket.destroy();
  }

  private async until(condition: () => boolean): Promise<void> {
    while (!condition() && !this.isClosed)
      await new Promise<void>((resolve) => this.waiting.add(resolve));
  }

  private wake(): void {
    const woken = [...this.waiting];
    this.waiting.clear();
    for (const resolve of woken) resolve();
  }
}
