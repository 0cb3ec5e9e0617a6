import { afterEach, jest } from '@jest/globals';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import { startBroker, type BrokerFixture, type BrokerFixtureOptions } from './broker-fixture.js';

// making and verifying secrets costs time on purpose
jest.setTimeout(60_000);

const fixtures: BrokerFixture[] = [];
const clients: MqttClient[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.end(true);
  for (const fixture of fixtures.splice(0)) await fixture.cleanUp();
});

/** A broker that ends with the test. */
export async function broker(options?: BrokerFixtureOptions): Promise<BrokerFixture> {
  const fixture = await startBroker(options);
  fixtures.push(fixture);
  return fixture;
}

/** A client that ends with the test. */
export function device(
  fixture: BrokerFixture,
  name: string,
  secret: string,
  options: IClientOptions = {},
): MqttClient {
  const client = connect({
    host: '127.0.0.1',
    port: fixture.port,
    clientId: name,
    username: name,
    password: secret,
    keepalive: 30,
    reconnectPeriod: 0,
    ...options,
  });
  client.on('error', () => undefined);
  clients.push(client);
  return client;
}

export function connected(client: MqttClient): Promise<void> {
  return new Promise((resolve, reject) => {
    client.once('connect', () => resolve());
    client.once('error', reject);
    client.once('close', () => reject(new Error('closed')));
  });
}

/** A client of a new device, connected. */
export async function newDevice(fixture: BrokerFixture, name: string): Promise<MqttClient> {
  const client = device(fixture, name, await fixture.addDevice(name));
  await connected(client);
  return client;
}

/** Resolves with the next message on a topic. */
export function message(client: MqttClient, topic: string): Promise<unknown> {
  return new Promise((resolve) => {
    const listen = (on: string, payload: Buffer) => {
      if (on !== topic) return;
      client.off('message', listen);
      resolve(JSON.parse(payload.toString()));
    };
    client.on('message', listen);
  });
}

export function closed(client: MqttClient): Promise<void> {
  return new Promise((resolve) => client.once('close', () => resolve()));
}
