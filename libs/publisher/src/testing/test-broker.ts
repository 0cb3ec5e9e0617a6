import { createServer, type Server, type Socket } from 'node:net';
import { Aedes } from 'aedes';
import { decodeFrame } from '@app/contracts';

/** A frame that the broker acknowledged. */
export interface Received {
  channel: string;
  sequence: number;
  sentMonotonicUs: number | null;
}

/** A real broker on a real port that can die and come back on the same one. */
export class TestBroker {
  readonly frames: Received[] = [];
  readonly statuses: string[] = [];
  /** Holds back acknowledgements until it is called. */
  hold: Promise<void> | null = null;
  port = 0;
  private aedes!: Aedes;
  private server!: Server;
  private readonly sockets = new Set<Socket>();

  async start(): Promise<void> {
    this.aedes = await Aedes.createBroker();
    this.aedes.authenticate = (_client, user, password, done) => {
      const good = user !== undefined && password?.toString() === `secret of ${user}`;
      done(null, good);
    };
    this.aedes.authorizePublish = (_client, packet, done) => {
      const [, , , channel] = packet.topic.split('/');
      if (channel === 'status') {
        const status: { state: string } = JSON.parse(packet.payload.toString());
        this.statuses.push(status.state);
        return done(null);
      }
      const decoded = decodeFrame(Buffer.from(packet.payload));
      if (!decoded.ok) return done(new Error(decoded.reason));
      const { sequence, sentMonotonicUs } = decoded.frame;
      void this.keep({ channel: channel!, sequence, sentMonotonicUs }, () => done(null));
    };
    this.server = createServer((socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      this.aedes.handle(socket);
    });
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    const address = this.server.address();
    if (address !== null && typeof address === 'object') this.port = address.port;
  }

  private async keep(frame: Received, acknowledge: () => void): Promise<void> {
    await this.hold;
    this.frames.push(frame);
    acknowledge();
  }

  async kill(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
    await new Promise<void>((resolve) => this.aedes.close(() => resolve()));
  }

  async send(topic: string, payload: string): Promise<void> {
    await new Promise<void>((resolve) =>
      this.aedes.publish(
        { cmd: 'publish', topic, payload: Buffer.from(payload), qos: 1, dup: false, retain: false },
        () => resolve(),
      ),
    );
  }
}
