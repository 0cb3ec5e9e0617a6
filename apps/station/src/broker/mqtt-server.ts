import { encodeInput } from '@app/contracts';
import type { Journal } from '@app/journal';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Aedes } from 'aedes';
import { type Server, type Socket, createServer } from 'node:net';
import { Server as TlsServer, createServer as createTlsServer } from 'node:tls';
import type { Clock } from '../platform/clock.js';
import { Health } from '../platform/health.js';
import { Ticker } from '../platform/ticker.js';
import { CLOCK, JOURNAL, SETTINGS_TOKEN, TLS } from '../platform/tokens.js';
import type { Tls } from '../tls/tls.js';
import { SettingError, type Settings } from '../settings.js';
import { BrokerMetrics, type BrokerState } from './broker-metrics.js';
import { ClientProtocol } from './client-protocol.js';
import { ClockLog } from './clock-log.js';
import { Connections } from './connections.js';
import { Downlink } from './downlink.js';
import type { GuardedConnection } from './guarded-connection.js';
import { InputLog } from './input-log.js';
import { BROKER_LIMITS } from './limits.js';
import { LinkLog } from './link-log.js';
import { Malformed } from './malformed.js';
import type { Refusal } from './packet-gate.js';
import { Sessions } from './sessions.js';
import { WearerWatch } from './wearer-watch.js';

/** The broker role: listens for wearables from the station's start to its end. */
@Injectable()
export class MqttServer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Broker');
  private readonly server: Server;
  private readonly ticker: Ticker;
  private aedes: Aedes | null = null;
  private listening: { host: string; port: number } | null = null;

  constructor(
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    @Inject(JOURNAL) journal: Journal,
    @Inject(CLOCK) clock: Clock,
    @Inject(TLS) tls: Tls | null,
    private readonly protocol: ClientProtocol,
    private readonly connections: Connections,
    private readonly sessions: Sessions,
    private readonly links: LinkLog,
    private readonly downlink: Downlink,
    private readonly malformed: Malformed,
    private readonly clocks: ClockLog,
    private readonly watch: WearerWatch,
    log: InputLog,
    metrics: BrokerMetrics,
    health: Health,
  ) {
    this.server =
      tls === null
        ? createServer({ noDelay: true }, (socket) => this.onSocket(socket))
        : createTlsServer(
            {
              noDelay: true,
              cert: tls.cert,
              key: tls.key,
              handshakeTimeout: BROKER_LIMITS.tlsHandshakeMs,
            },
            (socket) => this.onSocket(socket),
          );
    // those that have not shaken hands yet are seen by nobody else
    if (tls !== null)
      this.server.maxConnections =
        BROKER_LIMITS.connections + BROKER_LIMITS.unauthenticatedConnections;
    this.ticker = new Ticker(
      journal,
      'frames',
      clock,
      (atMs, partition) => encodeInput({ type: 'tick', atMs, partition }),
      { recorded: () => log.succeeded(), failed: (error) => log.failed(error) },
    );
    metrics.state = () => this.state();
    health.register('broker', () =>
      this.listening === null
        ? { ok: false, message: 'MQTT is not listening yet' }
        : {
            ok: true,
            message: `MQTT on ${this.listening.host}:${this.listening.port}, ${connections.count} connections`,
          },
    );
  }

  /** Where wearables connect; null before the start and after the end. */
  get address(): { host: string; port: number } | null {
    return this.listening;
  }

  /** The server whose certificate can be renewed; null without TLS. */
  get tlsServer(): TlsServer | null {
    return this.server instanceof TlsServer ? this.server : null;
  }

  /** @throws SettingError when the port is taken. */
  async onApplicationBootstrap(): Promise<void> {
    await this.links.start();
    await this.clocks.start();
    await this.downlink.start();
    this.aedes = await Aedes.createBroker(this.protocol.options);
    this.protocol.attach(this.aedes);
    try {
      this.listening = await this.listen();
    } catch (error) {
      await this.beforeApplicationShutdown();
      throw error;
    }
    this.ticker.start();
    this.watch.start();
    this.logger.log(`MQTT for wearables on ${this.listening.host}:${this.listening.port}`);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ticker.stop();
    this.listening = null;
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const session of this.sessions.all()) session.blame('shutdown');
    const { aedes } = this;
    if (aedes !== null) await new Promise<void>((resolve) => aedes.close(resolve));
    this.connections.closeAll();
    await closed;
    await this.watch.stop();
    await this.downlink.stop();
    await this.clocks.stop();
    await this.links.stop();
  }

  private onSocket(socket: Socket): void {
    const connection = this.connections.admit(socket, (refused, refusal) =>
      this.onRefusedPacket(refused, refusal),
    );
    if (connection !== null) this.aedes?.handle(connection);
  }

  /** A session's packet that the gate did not let in: the device is told, as far as it can be, and disconnected. */
  private onRefusedPacket(connection: GuardedConnection, { reason, detail }: Refusal): void {
    const session = this.sessions.ofConnection(connection);
    if (session === null) {
      connection.destroy();
      return;
    }
    if (reason === 'packet-too-large') this.malformed.note(session, 'too-large', detail);
    session.end(reason);
  }

  private listen(): Promise<{ host: string; port: number }> {
    const { host, mqttPort } = this.settings;
    return new Promise((resolve, reject) => {
      this.server.once('error', (error) => reject(cannotListen(error, host, mqttPort)));
      this.server.listen(mqttPort, host, () => {
        this.server.removeAllListeners('error');
        // a connection that the system could not hand over, for want of file descriptors: not an end
        this.server.on('error', (error) => this.connections.failed(error));
        const address = this.server.address();
        const port = address !== null && typeof address === 'object' ? address.port : mqttPort;
        resolve({ host, port });
      });
    });
  }

  private state(): BrokerState {
    let waiting = 0;
    let deviceBacklog = 0;
    for (const session of this.sessions.all()) {
      waiting += session.waitingMessages;
      deviceBacklog += session.waitingFrames;
    }
    return {
      connections: this.connections.count,
      unauthenticated: this.connections.unauthenticatedCount,
      waiting,
      inFlight: this.connections.inFlight.current,
      deviceBacklog,
    };
  }
}

function cannotListen(error: Error, host: string, port: number): Error {
  const code = 'code' in error ? error.code : null;
  switch (code) {
    case 'EADDRINUSE':
      return new SettingError(
        `--mqtt-port (VIGIL_MQTT_PORT) ${port} is in use by another program: choose another port, or 0 for any free one`,
        { cause: error },
      );
    case 'EACCES':
      return new SettingError(
        `--mqtt-port (VIGIL_MQTT_PORT) ${port} needs more rights: choose a port from 1024 on`,
        { cause: error },
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new SettingError(`--host (VIGIL_HOST) ${host} is no address of this machine`, {
        cause: error,
      });
    default:
      return error;
  }
}
