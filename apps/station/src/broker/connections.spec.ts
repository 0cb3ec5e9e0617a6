import { afterEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { once } from 'node:events';
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import { Registry } from 'prom-client';
import { BrokerMetrics } from './broker-metrics.js';
import { Connections } from './connections.js';
import type { GuardedConnection } from './guarded-connection.js';

Logger.overrideLogger(false);
const server = createServer();
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.close();
  await once(server, 'close');
});

describe('Connections', () => {
  it('bounds open connections, and those that have not authenticated, and counts what it refuses', async () => {
    const metrics = new BrokerMetrics(new Registry());
    const clock = { nowMs: () => performance.now() };
    const connections = new Connections(metrics, clock, {
      connections: 3,
      unauthenticatedConnections: 2,
    });
    const admitted: (GuardedConnection | null)[] = [];
    server.on('connection', (socket) => admitted.push(connections.admit(socket, () => undefined)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const arrive = async () => {
      // listening on TCP, so the address is an object
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
      socket.on('error', () => undefined);
      sockets.push(socket);
      await once(server, 'connection');
    };
    for (let i = 0; i < 3; i++) await arrive();
    expect(admitted.map((one) => one !== null)).toEqual([true, true, false]);
    connections.promote(admitted[0]!, 'watch-1');
    connections.promote(admitted[1]!, 'watch-2');
    expect(connections.unauthenticatedCount).toBe(0);
    await arrive();
    await arrive();
    expect(admitted.slice(3).map((one) => one !== null)).toEqual([true, false]);
    expect(connections.count).toBe(3);

    admitted[3]?.destroy();
    await once(admitted[3]!, 'close');
    expect(connections.count).toBe(2);
    expect(connections.unauthenticatedCount).toBe(0);
    const { values } = await metrics.refused.get();
    expect(Object.fromEntries(values.map(({ labels, value }) => [labels.reason, value]))).toEqual({
      unauthenticated: 1,
      connections: 1,
      'gave-up': 1,
    });
    connections.closeAll();
  });
});
