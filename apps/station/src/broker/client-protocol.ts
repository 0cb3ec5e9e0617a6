import { Inject, Injectable } from '@nestjs/common';
import type { DeviceEntry } from '@app/registry';
import type {
  Aedes,
  AedesOptions,
  AuthenticateHandler,
  Client,
  PublishPacket,
  Subscription,
} from 'aedes';
import type { Clock } from '../platform/clock.js';
import { CLOCK } from '../platform/tokens.js';
import { Allowances } from './allowance.js';
import { Authentication } from './authentication.js';
import { BrokerMetrics } from './broker-metrics.js';
import type { ConnectRequest } from './connect-policy.js';
import { Connections } from './connections.js';
import { DeviceSession } from './device-session.js';
import { Downlink } from './downlink.js';
import { connectionProblem, sessionProblem } from './end-of-connection.js';
import { GuardedConnection } from './guarded-connection.js';
import { BROKER_LIMITS } from './limits.js';
import { LinkLog } from './link-log.js';
import { PublishIntake } from './publish-intake.js';
import { Sessions } from './sessions.js';
import { TokenBucket } from './token-bucket.js';
import { subscribable } from './topic-policy.js';
import { WearerWatch } from './wearer-watch.js';

/** Where consumed messages go instead of to subscribers: no client may subscribe to it. */
const CONSUMED = 'vigil/consumed';
const NO_BYTES = Buffer.alloc(0);

/** Vigil's answers to what aedes asks, and what it does when aedes reports that clients come and go. */
@Injectable()
export class ClientProtocol {
  private readonly requests = new WeakMap<Client, ConnectRequest>();
  private readonly authenticated = new WeakMap<Client, DeviceEntry>();

  constructor(
    private readonly authentication: Authentication,
    private readonly allowances: Allowances,
    private readonly connections: Connections,
    private readonly sessions: Sessions,
    private readonly intake: PublishIntake,
    private readonly downlink: Downlink,
    private readonly links: LinkLog,
    private readonly watch: WearerWatch,
    private readonly metrics: BrokerMetrics,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  readonly options: AedesOptions = {
    connectTimeout: BROKER_LIMITS.connectTimeoutMs,
    drainTimeout: BROKER_LIMITS.drainTimeoutMs,
    maxTopicLevels: BROKER_LIMITS.topicLevels,
    maxInflightInbound: BROKER_LIMITS.publishesInFlight,
    preConnect: (client, packet, done) => {
      this.requests.set(client, {
        clientId: packet.clientId,
        username: packet.username,
        clean: packet.clean === true,
        keepAliveSeconds: packet.keepalive ?? 0,
        will:
          packet.will === undefined
            ? undefined
            : { topic: packet.will.topic, payload: Buffer.from(packet.will.payload) },
      });
      done(null, true);
    },
    authenticate: (client, _username, password, done) => {
      void this.verify(client, password ?? NO_BYTES, done);
    },
    authorizePublish: (client, packet, done) => this.published(client, packet, done),
    authorizeSubscribe: (client, subscription, done) => {
      const session = this.sessions.ofClient(client);
      const channel = session && subscribable(session.device, subscription.topic);
      if (channel === null) {
        this.metrics.subscriptionsRefused.inc();
        // SUBACK 0x80
        done(null, null);
        return;
      }
      session?.downlinks.add(channel);
      done(null, subscription);
    },
  };

  attach(aedes: Aedes): void {
    aedes.on('client', (client) => this.begin(client));
    aedes.on('clientReady', (client) => this.open(client));
    aedes.on('clientDisconnect', (client) => this.ended(client));
    aedes.on('subscribe', (subscriptions, client) => this.subscribed(subscriptions, client));
    aedes.on('unsubscribe', (filters, client) => {
      const session = this.sessions.ofClient(client);
      for (const filter of filters) {
        const channel = session && subscribable(session.device, filter);
        if (channel !== null) session?.downlinks.delete(channel);
      }
    });
    aedes.on('keepaliveTimeout', (client) => this.sessions.ofClient(client)?.blame('keep-alive'));
    aedes.on('clientError', (client, error) => {
      const problem = sessionProblem(error);
      if (problem !== null) this.sessions.ofClient(client)?.blame(problem);
    });
    aedes.on('connectionError', (client, error) => {
      const problem = connectionProblem(error);
      if (problem !== null) this.connections.refuse(client.conn, problem, error.message);
    });
  }

  private async verify(
    client: Client,
    password: Uint8Array,
    done: Parameters<AuthenticateHandler>[3],
  ): Promise<void> {
    const request = this.requests.get(client);
    if (request === undefined) return;
    const result = await this.authentication.authenticate(request, password);
    if (!result.ok) {
      this.connections.refuse(client.conn, result.reason, result.detail, 'answer-first');
      done(Object.assign(new Error(result.detail), { returnCode: result.code }), false);
      return;
    }
    this.authenticated.set(client, result.entry);
    if (!client.closed) this.sessions.ofDevice(result.entry.device)?.blame('replaced');
    done(null, true);
  }

  /** A client is registered under its device's name; one that was there before has just ended. */
  private begin(client: Client): void {
    const entry = this.authenticated.get(client);
    if (entry === undefined || !(client.conn instanceof GuardedConnection)) return;
    const { device, origin } = entry;
    const allowance = this.allowances.of(device, origin, this.clock.nowMs());
    const session = new DeviceSession(entry, client, client.conn, allowance, this.clock);
    this.connections.promote(client.conn, device);
    this.sessions.add(session);
    this.links.connected(session);
    this.watch.lookAgain();
  }

  /** The client has its CONNACK: what comes after its CONNECT may pass. */
  private open(client: Client): void {
    const session = this.sessions.ofClient(client);
    if (session === null) return;
    const isReplay = session.entry.origin === 'replay';
    const { packetsPerSecond, packetBurst, replayPacketsPerSecond, replayPacketBurst } =
      BROKER_LIMITS;
    session.connection.open(
      new TokenBucket(
        isReplay ? replayPacketsPerSecond : packetsPerSecond,
        isReplay ? replayPacketBurst : packetBurst,
        this.clock.nowMs(),
      ),
    );
  }

  private ended(client: Client): void {
    const session = this.sessions.remove(client);
    if (session === null) return;
    session.dispose();
    this.metrics.disconnects.inc({ reason: session.endReason });
    this.links.disconnected(session, session.endReason);
  }

  private subscribed(subscriptions: Subscription[], client: Client): void {
    const session = this.sessions.ofClient(client);
    if (session === null) return;
    for (const { topic } of subscriptions) {
      const channel = subscribable(session.device, topic);
      if (channel !== null) void this.downlink.subscribed(session, channel);
    }
  }

  private published(
    client: Client | null,
    packet: PublishPacket,
    done: (error?: Error | null) => void,
  ): void {
    const session = client && this.sessions.ofClient(client);
    if (session === null || client === null) {
      done(new Error('not a session'));
      return;
    }
    if (client.closed) {
      // its last will, judged when it connected
      done(null);
      return;
    }
    if (packet.qos > 0 && !((packet.messageId ?? 0) > 0)) {
      // [MQTT-2.3.1-1]; the parser lets it through
      done(new Error('a publish without a packet identifier'));
      return;
    }
    const payload = Buffer.from(packet.payload);
    const message = { topic: packet.topic, payload, isRepeated: packet.dup };
    this.intake.accept(session, message, (verdict) => {
      session.connection.publishDone();
      // a PUBACK cannot be written any more: the device sends the message again
      if (client.closed) return;
      if (verdict === 'disconnect') {
        done(new Error('closed by the broker'));
        return;
      }
      if (verdict === 'acknowledge') {
        packet.topic = CONSUMED;
        packet.payload = NO_BYTES;
        packet.retain = false;
      }
      done(null);
    });
  }
}
