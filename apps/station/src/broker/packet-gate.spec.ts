import { describe, expect, it } from '@jest/globals';
import { PACKET } from './fixed-header.js';
import { BROKER_LIMITS } from './limits.js';
import { InFlightTotal, PacketGate } from './packet-gate.js';
import { TokenBucket } from './token-bucket.js';

const header = (type: number, bodyBytes = 2) =>
  ({ kind: 'complete', type, headerBytes: 2, bodyBytes }) as const;
const pace = () => new TokenBucket(1000, 1000, 0);

function openGate(total = new InFlightTotal(), limits = BROKER_LIMITS): PacketGate {
  const gate = new PacketGate(pace(), total, limits);
  expect(gate.judge(header(PACKET.connect), 0).kind).toBe('pass');
  gate.open(pace());
  return gate;
}

describe('PacketGate', () => {
  it('wants one CONNECT first, and lets nothing else pass until the client has authenticated', () => {
    const gate = new PacketGate(pace(), new InFlightTotal());
    expect(gate.judge(header(PACKET.publish), 0)).toMatchObject({ reason: 'protocol-error' });
    expect(gate.judge(header(PACKET.connect), 0).kind).toBe('pass');
    expect(gate.judge(header(PACKET.connect), 0)).toMatchObject({ reason: 'protocol-error' });
    expect(gate.judge(header(PACKET.publish), 0).kind).toBe('wait-for-acknowledgement');
    gate.open(pace());
    expect(gate.judge(header(PACKET.publish), 0).kind).toBe('pass');
  });

  it('refuses packets that only a server sends', () => {
    const gate = openGate();
    for (const type of [0, 2, 9, 11, 13, 15])
      expect(gate.judge(header(type), 0)).toMatchObject({ reason: 'protocol-error' });
  });

  it.each([
    ['CONNECT', PACKET.connect, BROKER_LIMITS.connectBytes],
    ['PUBLISH', PACKET.publish, BROKER_LIMITS.publishBytes],
    ['SUBSCRIBE', PACKET.subscribe, BROKER_LIMITS.controlBytes],
    ['PINGREQ', PACKET.pingreq, BROKER_LIMITS.controlBytes],
  ])('bounds the size of %s', (_, type, bytes) => {
    const gate = type === PACKET.connect ? new PacketGate(pace(), new InFlightTotal()) : openGate();
    expect(gate.judge(header(type, bytes + 1), 0)).toMatchObject({
      kind: 'refuse',
      reason: 'packet-too-large',
    });
    expect(gate.judge(header(type, bytes), 0).kind).toBe('pass');
  });

  it('bounds packets per second', () => {
    const gate = openGate();
    gate.open(new TokenBucket(10, 2, 0));
    expect(gate.judge(header(PACKET.pingreq), 0).kind).toBe('pass');
    expect(gate.judge(header(PACKET.pingreq), 0).kind).toBe('pass');
    expect(gate.judge(header(PACKET.pingreq), 0)).toEqual({ kind: 'wait', ms: 100 });
    expect(gate.judge(header(PACKET.pingreq), 100).kind).toBe('pass');
  });

  it('bounds the publishes in flight of one connection, and of all', () => {
    const total = new InFlightTotal(3);
    const limits = { ...BROKER_LIMITS, publishesInFlight: 2 } as unknown as typeof BROKER_LIMITS;
    const one = openGate(total, limits);
    const two = openGate(total, limits);
    expect(one.judge(header(PACKET.publish), 0).kind).toBe('pass');
    expect(one.judge(header(PACKET.publish), 0).kind).toBe('pass');
    expect(one.judge(header(PACKET.publish), 0).kind).toBe('wait-for-acknowledgement');
    expect(one.judge(header(PACKET.pingreq), 0).kind).toBe('pass');
    expect(two.judge(header(PACKET.publish), 0).kind).toBe('pass');
    expect(two.judge(header(PACKET.publish), 0).kind).toBe('wait-for-room');
    let woken = 0;
    total.whenRoom(() => woken++);
    one.publishDone();
    expect(woken).toBe(1);
    expect(two.judge(header(PACKET.publish), 0).kind).toBe('pass');
    one.close();
    two.close();
    expect(total.current).toBe(0);
    one.publishDone();
    expect(total.current).toBe(0);
  });
});
