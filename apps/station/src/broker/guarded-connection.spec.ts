import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';
import { GuardedConnection } from './guarded-connection.js';
import { InFlightTotal, PacketGate, type Refusal } from './packet-gate.js';
import { TokenBucket } from './token-bucket.js';

const CONNECT = [0x10, 0x03, 1, 2, 3];
const PUBLISH = [0x30, 0x04, 9, 9, 9, 9];
const DISCONNECT = [0xe0, 0x00];

let server: Server;
let client: Socket;
let connection: GuardedConnection;
const refusals: Refusal[] = [];

afterEach(async () => {
  client.destroy();
  connection.destroy();
  server.close();
  await once(server, 'close');
});

/** A client's socket and the guarded other end, with what came through it. */
async function pair(total = new InFlightTotal(), inFlight = 2) {
  refusals.length = 0;
  const pace = () => new TokenBucket(1e6, 1e6, 0);
  const limits = {
    connectBytes: 100,
    publishBytes: 100,
    controlBytes: 100,
    publishesInFlight: inFlight,
  };
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // listening on TCP, so the address is an object
  client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [socket]: Socket[] = await once(server, 'connection');
  const gate = new PacketGate(pace(), total, limits);
  connection = new GuardedConnection(
    socket!,
    gate,
    total,
    { nowMs: () => performance.now() },
    (refusal) => {
      refusals.push(refusal);
      connection.destroy();
    },
  );
  connection.on('error', () => undefined);
  const received: number[] = [];
  connection.on('data', (chunk: Buffer) => received.push(...chunk));
  return { received, open: () => connection.open(pace()) };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

describe('GuardedConnection', () => {
  it('passes packets on byte for byte, however they are cut', async () => {
    const { received, open } = await pair(undefined, 1000);
    open();
    const large = [0x30, 100, ...Array.from({ length: 100 }, (_, i) => i)];
    const bytes = [...CONNECT, ...PUBLISH, ...large, ...PUBLISH, ...DISCONNECT];
    for (const byte of bytes) {
      client.write(Uint8Array.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => received.length === bytes.length);
    expect(received).toEqual(bytes);
    expect(connection.saidGoodbye).toBe(true);
  });

  it('holds what comes before the client is let in, and publishes beyond the bound', async () => {
    const { received, open } = await pair();
    client.write(Uint8Array.from([...CONNECT, ...PUBLISH, ...PUBLISH, ...PUBLISH, ...DISCONNECT]));
    await until(() => received.length === CONNECT.length);
    open();
    await until(() => received.length === CONNECT.length + 2 * PUBLISH.length);
    connection.publishDone();
    await until(() => received.length === CONNECT.length + 3 * PUBLISH.length + 2);
  });

  it('waits for room over all connections', async () => {
    const total = new InFlightTotal(1);
    expect(total.tryTake()).toBe(true);
    const { received, open } = await pair(total);
    open();
    client.write(Uint8Array.from([...CONNECT, ...PUBLISH]));
    await until(() => received.length === CONNECT.length);
    total.give(1);
    await until(() => received.length === CONNECT.length + PUBLISH.length);
    expect(total.current).toBe(1);
    connection.destroy();
    await once(connection, 'close');
    expect(total.current).toBe(0);
  });

  it('refuses a packet by its length alone, before any of its body has come', async () => {
    const { received, open } = await pair();
    open();
    client.write(Uint8Array.from(CONNECT));
    await until(() => received.length === CONNECT.length);
    client.write(Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0x7f));
    await once(client, 'close');
    expect(refusals).toMatchObject([{ reason: 'packet-too-large' }]);
    expect(received).toEqual(CONNECT);
  });

  it('reads nothing more while nobody takes what came', async () => {
    const { open } = await pair(undefined, 1e6);
    open();
    connection.removeAllListeners('data');
    connection.pause();
    client.write(Uint8Array.from(CONNECT));
    const packet = Buffer.from(PUBLISH);
    const flood = Buffer.concat(Array.from({ length: 20_000 }, () => packet));
    let flushed = 0;
    for (let i = 0; i < 100; i++) client.write(flood, () => flushed++);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(connection.readableLength).toBeLessThan(512 * 1024);
    expect(flushed).toBeLessThan(100);
  });

  it('ends when the client does, after what it sent', async () => {
    const { received, open } = await pair();
    open();
    client.end(Uint8Array.from([...CONNECT, ...PUBLISH]));
    await once(connection, 'end');
    expect(received).toEqual([...CONNECT, ...PUBLISH]);
  });

  it('delivers what was written last before it closes', async () => {
    const { open } = await pair();
    open();
    const got: Buffer[] = [];
    client.on('data', (chunk: Buffer) => got.push(chunk));
    connection.write(Uint8Array.of(1, 2, 3));
    connection.closeAfter(20);
    await once(client, 'close');
    expect(Buffer.concat(got)).toEqual(Buffer.of(1, 2, 3));
  });
});
