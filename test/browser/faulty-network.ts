import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';

/** `through`: as if it were not there. `cut`: nothing comes through any more, and nobody is told. A number: what comes from the station is so much later, ms. */
export type Condition = 'through' | 'cut' | number;

/** A network between a browser and a station, on this machine, whose condition a test changes. */
export class FaultyNetwork {
  private condition: Condition = 'through';
  private readonly ways = new Set<Way>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async to(station: string): Promise<FaultyNetwork> {
    const { hostname, port } = new URL(station);
    const server = createServer({ allowHalfOpen: true });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port: own } = server.address() as AddressInfo;
    const network = new FaultyNetwork(server, `http://127.0.0.1:${own}`);
    server.on('connection', (near) => {
      const far = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
      network.join(near, far, false);
      network.join(far, near, true);
    });
    return network;
  }

  /** What has been held back comes through later, as packets do that are sent again. */
  become(condition: Condition): void {
    this.condition = condition;
    for (const way of this.ways) way.go(condition);
  }

  close(): void {
    this.server.close();
    for (const way of this.ways) way.end();
  }

  private join(from: Socket, to: Socket, isDown: boolean): void {
    const way = new Way(from, to, isDown, this.condition);
    this.ways.add(way);
    from.once('close', () => this.ways.delete(way));
  }
}

/** One direction of one connection. In order, whatever happens. */
class Way {
  private readonly waiting: { dueMs: number; chunk: Buffer | null }[] = [];
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly from: Socket,
    private readonly to: Socket,
    private readonly isDown: boolean,
    private condition: Condition,
  ) {
    from.on('data', (chunk: Buffer) => this.take(chunk));
    from.once('end', () => this.take(null));
    from.on('error', () => this.end());
  }

  go(condition: Condition): void {
    this.condition = condition;
    this.pass();
  }

  end(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.from.destroy();
    this.to.destroy();
  }

  private take(chunk: Buffer | null): void {
    const lateMs = this.isDown && typeof this.condition === 'number' ? this.condition : 0;
    this.waiting.push({ dueMs: performance.now() + lateMs, chunk });
    this.pass();
  }

  private pass(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.condition === 'cut') return;
    for (let first = this.waiting[0]; first !== undefined; first = this.waiting[0]) {
      const waitMs = first.dueMs - performance.now();
      if (waitMs > 0) {
        this.timer = setTimeout(() => this.pass(), waitMs);
        return;
      }
      this.waiting.shift();
      if (this.to.destroyed) continue;
      if (first.chunk === null) this.to.end();
      else this.to.write(first.chunk);
    }
  }
}
