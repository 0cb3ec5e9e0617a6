import { expect } from '@jest/globals';
import type { PersonRole, Room, Snapshot } from '@app/contracts';
import { type Dashboard, type GatewayApp, next } from '../integration/gateway-app.js';
import { alarmOf, appendEvents } from '../integration/gateway-records.js';

/** What is promised, and time for a busy machine. */
const WITHIN_MS = 2000;

/** @throws Error with the sentence of a refusal. */
export async function watch(socket: Dashboard, room: Room): Promise<Snapshot> {
  const answer = await socket.emitWithAck('watch', room);
  if ('error' in answer) throw new Error(answer.error);
  return answer;
}

/** Somebody of that role signs in, and watches rooms. */
export async function openSocket(
  gateway: GatewayApp,
  role: PersonRole,
  wards: string[] | 'all',
  ...rooms: Room[]
) {
  const who = await gateway.signIn(role, wards);
  const socket = await gateway.dashboard(who.headers);
  for (const room of rooms) await watch(socket, room);
  return { who, socket };
}

/** Counts the updates that come while something else is done. */
export function count(socket: Dashboard): { updates: number } {
  const counted = { updates: 0 };
  socket.on('update', () => counted.updates++);
  return counted;
}

/** What happens soon enough. */
export async function within<T>(happening: Promise<T>): Promise<T> {
  const started = performance.now();
  const value = await happening;
  expect(performance.now() - started).toBeLessThan(WITHIN_MS);
  return value;
}

let raised = 0;

/** Changes what the wall shows of the patient in the north. */
export function raise({ journal }: GatewayApp): Promise<void> {
  return appendEvents(journal, 'p-north', alarmOf('p-north', `e${++raised}`, { atMs: raised }));
}

/** Until a change has come through to a socket that may see it, and so would have come to others. */
export async function seenByAdministrator(gateway: GatewayApp): Promise<void> {
  const { socket } = await openSocket(gateway, 'administrator', 'all', 'ward/north');
  const seen = next(socket, 'update');
  await raise(gateway);
  await seen;
}
