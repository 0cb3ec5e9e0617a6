import * as mqtt from 'mqtt';
import { topicOf, type DeviceStatus, type Downlink } from '@app/contracts';

export interface MqttConnectionOptions {
  /** `mqtt://host:port`, `mqtts://…`, `ws://…`, `wss://…`. */
  url: string;
  /** Name, also user name and client id. */
  device: string;
  secret: string;
  keepAliveSeconds: number;
  connectTimeoutMs: number;
  /** As in `WearablePublisherOptions`, read. */
  trusted?: string;
  onMessage: (topic: string, payload: Uint8Array) => void;
  /** The connection is gone, for whatever reason; called once, never before `openMqttConnection` has resolved. */
  onClosed: (reason: string) => void;
}

export type Opened =
  | { state: 'open'; connection: MqttConnection }
  /** The station does not want this device: trying again soon is no use. */
  | { state: 'refused'; message: string }
  | { state: 'failed'; message: string };

const utf8 = new TextEncoder();
// CONNACK return codes of MQTT 3.1.1 section 3.2.2.3 that a retry cannot cure: protocol, client id, credentials, authorisation
const REFUSALS = new Set([1, 2, 4, 5]);

/**
 * One connection, MQTT 3.1.1, clean session, with a last will that says `offline`. MQTT.js would reconnect and resend by
 * itself from a store in memory; here a connection ends when it ends, and the outbox decides what is sent again.
 */
export function openMqttConnection(options: MqttConnectionOptions): Promise<Opened> {
  const statusTopic = topicOf(options.device, 'status');
  const client = mqtt.connect(options.url, {
    protocolVersion: 4,
    clean: true,
    clientId: options.device,
    username: options.device,
    password: options.secret,
    keepalive: options.keepAliveSeconds,
    connectTimeout: options.connectTimeoutMs,
    reconnectPeriod: 0,
    resubscribe: false,
    ...(options.trusted === undefined ? {} : trustingOnly(options.trusted)),
    will: {
      topic: statusTopic,
      payload: statusPayload({ state: 'offline' }),
      qos: 1,
      retain: true,
    },
  });
  return new Promise((resolve) => {
    let opened = false;
    let reason = 'the connection was closed';
    client.on('error', (error) => {
      reason = error.message;
      const code = 'code' in error ? error.code : undefined;
      if (!opened && typeof code === 'number' && REFUSALS.has(code)) {
        resolve({ state: 'refused', message: reason });
      }
    });
    client.on('message', (topic, payload) => options.onMessage(topic, payload));
    client.once('connect', () => {
      opened = true;
      resolve({ state: 'open', connection: new MqttConnection(client, options.device) });
    });
    client.once('close', () => {
      client.end(true);
      if (opened) options.onClosed(reason);
      else resolve({ state: 'failed', message: reason });
    });
  });
}

/** A leaf may stand for itself, and its names do not matter: it is known by its key. */
function trustingOnly(ca: string) {
  return { ca, allowPartialTrustChain: true, checkServerIdentity: () => undefined };
}

export class MqttConnection {
  constructor(
    private readonly client: mqtt.MqttClient,
    private readonly device: string,
  ) {}

  /** Publishes with QoS 1; `onAcknowledged` runs on the PUBACK and never when the connection is lost before. */
  publish(channel: 'frames' | 'backfill', payload: Uint8Array, onAcknowledged: () => void): void {
    this.client.publish(
      topicOf(this.device, channel),
      bufferOf(payload),
      { qos: 1 },
      (error?: Error) => {
        if (!error) onAcknowledged();
      },
    );
  }

  publishStatus(status: DeviceStatus, onAcknowledged?: () => void): void {
    this.client.publish(
      topicOf(this.device, 'status'),
      statusPayload(status),
      { qos: 1, retain: true },
      () => onAcknowledged?.(),
    );
  }

  /** Resolves to the channels that the station did not grant. */
  subscribe(channels: readonly Downlink[]): Promise<Downlink[]> {
    if (channels.length === 0) return Promise.resolve([]);
    const topics = channels.map((channel) => topicOf(this.device, channel));
    return new Promise((resolve) => {
      this.client.subscribe(topics, { qos: 1 }, (error, granted) => {
        if (error) return resolve([...channels]);
        const refused = (granted ?? []).filter((grant) => grant.qos === 128);
        resolve(
          channels.filter((channel) =>
            refused.some((grant) => grant.topic === topicOf(this.device, channel)),
          ),
        );
      });
    });
  }

  /** Says goodbye: `offline`, then DISCONNECT, so that the last will is not sent. */
  async close(timeoutMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.publishStatus({ state: 'offline' }, () => {
        clearTimeout(timer);
        resolve();
      });
    });
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.client.end(true);
        resolve();
      }, timeoutMs);
      this.client.end(false, () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Drops the transport without a word, as when the radio is gone. */
  break(): void {
    this.client.stream.destroy();
  }
}

function statusPayload(status: DeviceStatus): Buffer {
  return bufferOf(utf8.encode(JSON.stringify(status)));
}

/** MQTT.js writes any bytes; only its types ask for Node's Buffer, which a browser does not have. */
function bufferOf(bytes: Uint8Array): Buffer {
  return bytes as Buffer;
}
