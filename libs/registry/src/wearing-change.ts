import { type AssignRequest, NOBODY, POSITIONS } from '@app/contracts';
import { type Admitted, emitAdmission } from './admission-change.js';
import type { Change } from './change.js';
import { lastDischarge } from './read-patients.js';
import { type Actor, RegistryError } from './registry.js';
import { REGISTRY_BOUNDS } from './registry-bounds.js';

interface Worn {
  id: number;
  patient: string;
  from_ms: number;
  to_ms: number | null;
}

/**
 * Puts a device on a patient: from now on, or from an earlier moment since which nobody wore it. Whoever wears it now wears
 * it no more from the same moment.
 * @throws RegistryError when it would have to have been on two people at once.
 */
export async function putOn(
  change: Change,
  actor: Actor,
  { patient, admission }: Admitted,
  request: AssignRequest,
): Promise<void> {
  const { device, position, mode } = request;
  requirePlace(request);
  const { ward } = await requireDevice(change, device);
  const worn = await wearingsOf(change, device);
  const current = worn.find(({ to_ms }) => to_ms === null);
  if (current?.patient === patient && !isYetToCome(change, current)) {
    await putOnAgain(change, current, request);
    return;
  }
  if (admission.devices.length >= REGISTRY_BOUNDS.devicesPerPatient) {
    throw new RegistryError(
      'conflict',
      `${patient} wears ${admission.devices.length} devices: take one off first`,
    );
  }
  const fromMs = await firstMoment(change, patient, request, await withoutFuture(change, worn));
  if (current !== undefined && current.patient !== patient)
    await takeFromOther(change, actor, admission.ward, device, current);
  else if (current !== undefined) await end(change, current, change.earliestMs);
  await change.db
    .insertInto('wearings')
    .values({ device, patient, position, mode, from_ms: fromMs, to_ms: null })
    .execute();
  // The device is where its wearer is.
  if (ward !== admission.ward) await moveDevice(change, device, admission.ward);
}

/** Ends the wearing. @throws RegistryError when the patient does not wear the device. */
export async function takeOff(change: Change, patient: string, device: string): Promise<void> {
  const current = (await wearingsOf(change, device)).find(({ to_ms }) => to_ms === null);
  if (current?.patient !== patient) {
    throw new RegistryError('conflict', `${patient} does not wear ${device}`);
  }
  await end(change, current, change.earliestMs);
}

/** Who wears it now, or `NOBODY`. */
export async function wearerOf(change: Change, device: string): Promise<string> {
  const worn = await wearingsOf(change, device);
  return worn.find(({ to_ms }) => to_ms === null)?.patient ?? NOBODY;
}

export async function moveDevice(change: Change, device: string, ward: string): Promise<void> {
  await change.db.updateTable('devices').set({ ward }).where('device', '=', device).execute();
}

/** @throws RegistryError when there is none. */
export async function requireDevice(change: Change, device: string): Promise<{ ward: string }> {
  const row = await change.db
    .selectFrom('devices')
    .select('ward')
    .where('device', '=', device)
    .executeTakeFirst();
  if (row === undefined) {
    throw new RegistryError('not-found', `there is no device ${device}: add it first`);
  }
  return row;
}

function wearingsOf(change: Change, device: string): Promise<Worn[]> {
  return change.db
    .selectFrom('wearings')
    .select(['id', 'patient', 'from_ms', 'to_ms'])
    .where('device', '=', device)
    .orderBy('from_ms')
    .execute();
}

/** A new place on the body or mode of who wears it already. Since when does not change. */
async function putOnAgain(
  change: Change,
  { id, patient, from_ms: fromMs }: Worn,
  { device, position, mode, sinceMs }: AssignRequest,
): Promise<void> {
  if (sinceMs !== undefined && sinceMs !== fromMs) {
    throw new RegistryError(
      'conflict',
      `${patient} wears ${device} already, since ${timeOf(fromMs)}: leave the time out to change place or mode`,
    );
  }
  await change.db.updateTable('wearings').set({ position, mode }).where('id', '=', id).execute();
}

/** From which sample on. The station's clock may have stepped back: then from the end of the wearing before. */
async function firstMoment(
  change: Change,
  patient: string,
  { device, sinceMs }: AssignRequest,
  worn: readonly Worn[],
): Promise<number> {
  if (sinceMs === undefined || sinceMs >= change.nowMs) {
    if (sinceMs !== undefined && sinceMs - change.nowMs > REGISTRY_BOUNDS.futureToleranceMs) {
      throw new RegistryError(
        'invalid',
        `${timeOf(sinceMs)} is yet to come: leave the time out for now`,
      );
    }
    return Math.max(change.latestMs, ...worn.map(({ from_ms, to_ms }) => to_ms ?? from_ms));
  }
  const other = worn.find(({ to_ms }) => to_ms === null || to_ms > sinceMs);
  if (other !== undefined) {
    const until = other.to_ms === null ? 'now' : timeOf(other.to_ms);
    throw new RegistryError(
      'conflict',
      `${other.patient} wore ${device} from ${timeOf(other.from_ms)} until ${until}, so ${patient} cannot have worn it since ${timeOf(sinceMs)}: ` +
        (other.to_ms === null ? 'leave the time out for now' : `say a time from ${until} on`),
    );
  }
  const leftMs = await lastDischarge(change.db, patient);
  if (leftMs !== null && leftMs > sinceMs) {
    throw new RegistryError(
      'conflict',
      `${patient} was discharged at ${timeOf(leftMs)}: a device cannot be worn since ${timeOf(sinceMs)}, before that`,
    );
  }
  return sinceMs;
}

/** Written with a clock that was far ahead and has been put right since. */
function isYetToCome(change: Change, { from_ms: fromMs, to_ms: toMs }: Worn): boolean {
  return Math.max(fromMs, toMs ?? fromMs) > change.latestMs + REGISTRY_BOUNDS.futureToleranceMs;
}

/**
 * What lies in the future was written with a clock that was far ahead: when it really was, nobody knows any more. It is cut to
 * nothing, so that the device can be put on again now, and that time to come belongs to nobody by mistake.
 * @returns the wearings that count.
 */
async function withoutFuture(change: Change, worn: readonly Worn[]): Promise<Worn[]> {
  for (const { id, from_ms: fromMs } of worn.filter((one) => isYetToCome(change, one))) {
    const atMs = Math.min(fromMs, change.earliestMs);
    await change.db
      .updateTable('wearings')
      .set({ from_ms: atMs, to_ms: atMs })
      .where('id', '=', id)
      .execute();
  }
  return worn.filter((one) => !isYetToCome(change, one));
}

async function takeFromOther(
  change: Change,
  actor: Actor,
  ward: string,
  device: string,
  current: Worn,
): Promise<void> {
  const other = await change.db
    .selectFrom('admissions')
    .select('ward')
    .where('patient', '=', current.patient)
    .where('discharged_ms', 'is', null)
    .executeTakeFirst();
  if (other !== undefined && other.ward !== ward) {
    throw new RegistryError(
      'conflict',
      `a patient of ward ${other.ward} wears ${device}: it has to be taken off there first`,
    );
  }
  await end(change, current, change.earliestMs);
  const { admission } = await emitAdmission(change, actor, current.patient, 'device-unassigned');
  await change.audit(actor, {
    action: 'device.unassigned',
    subjectType: 'patient',
    subject: current.patient,
    ward,
    before: { device },
    after: admission,
  });
}

async function end(change: Change, worn: Worn, atMs: number): Promise<void> {
  const { id, from_ms: fromMs } = worn;
  // cut already
  if (isYetToCome(change, worn)) return void (await withoutFuture(change, [worn]));
  await change.db
    .updateTable('wearings')
    .set({ to_ms: Math.max(fromMs, atMs) })
    .where('id', '=', id)
    .execute();
}

function requirePlace({ position, mode, sinceMs }: AssignRequest): void {
  if (!POSITIONS.includes(position)) {
    throw new RegistryError('invalid', `a device is worn at one of: ${POSITIONS.join(', ')}`);
  }
  if (mode !== 'continuous' && mode !== 'spot') {
    throw new RegistryError('invalid', 'a device monitors continuous or spot');
  }
  if (sinceMs !== undefined && !(Number.isSafeInteger(sinceMs) && sinceMs >= 0)) {
    throw new RegistryError('invalid', 'since when a device is worn must be ms since 1970');
  }
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
