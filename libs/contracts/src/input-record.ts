import { NOBODY } from './admission.js';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  InputRecordSchema,
  Lane as LaneNumber,
  Origin as OriginNumber,
} from './generated/vigil/v1/input_pb.js';
import type { Lane, Origin } from './vital-signs.js';

/** A record of the journal's `frames` stream, keyed by device (ticks: by `tick`). */
export type InputRecord =
  | {
      type: 'frame';
      /** Whoever wore the device when the samples were taken, or `NOBODY`. */
      patient: string;
      /** Why it is nobody's; null when it is somebody's. */
      unassigned: 'not-admitted' | 'not-placed' | null;
      origin: Origin;
      lane: Lane;
      /** Station's clock at arrival, ms since 1970. */
      receivedMs: number;
      /** The encoded frame, valid. */
      frame: Uint8Array;
    }
  | {
      type: 'link';
      patient: string;
      origin: Origin;
      device: string;
      connected: boolean;
      atMs: number;
      reason: string;
    }
  | { type: 'tick'; atMs: number; partition: number };

const ORIGINS: Record<Origin, OriginNumber> = {
  live: OriginNumber.LIVE,
  simulated: OriginNumber.SIMULATED,
  replay: OriginNumber.REPLAY,
};

export function encodeInput(record: InputRecord): Uint8Array {
  return toBinary(InputRecordSchema, create(InputRecordSchema, { input: inputOf(record) }));
}

function inputOf(record: InputRecord) {
  switch (record.type) {
    case 'frame':
      return {
        case: 'frame' as const,
        value: {
          patient: record.patient,
          origin: ORIGINS[record.origin],
          lane: record.lane === 'live' ? LaneNumber.LIVE : LaneNumber.BACKFILL,
          unassigned: record.unassigned ?? '',
          receivedMs: BigInt(Math.round(record.receivedMs)),
          frame: record.frame,
        },
      };
    case 'link':
      return {
        case: 'link' as const,
        value: {
          patient: record.patient,
          origin: ORIGINS[record.origin],
          device: record.device,
          connected: record.connected,
          atMs: BigInt(Math.round(record.atMs)),
          reason: record.reason,
        },
      };
    case 'tick':
      return {
        case: 'tick' as const,
        value: { atMs: BigInt(Math.round(record.atMs)), partition: record.partition },
      };
  }
}

/** Throws on bytes that `encodeInput` did not write: the journal's checksum has vouched for them. */
export function decodeInput(bytes: Uint8Array): InputRecord {
  const { input } = fromBinary(InputRecordSchema, bytes);
  switch (input.case) {
    case 'frame':
      return {
        type: 'frame',
        patient: input.value.patient,
        unassigned: unassignedOf(input.value.patient, input.value.unassigned),
        origin: originOf(input.value.origin),
        lane: input.value.lane === LaneNumber.BACKFILL ? 'backfill' : 'live',
        receivedMs: Number(input.value.receivedMs),
        frame: input.value.frame,
      };
    case 'link':
      return {
        type: 'link',
        patient: input.value.patient,
        origin: originOf(input.value.origin),
        device: input.value.device,
        connected: input.value.connected,
        atMs: Number(input.value.atMs),
        reason: input.value.reason,
      };
    case 'tick':
      return { type: 'tick', atMs: Number(input.value.atMs), partition: input.value.partition };
    default:
      throw new Error(
        'a record of the frames stream holds neither a frame nor a link change nor a tick',
      );
  }
}

function originOf(origin: OriginNumber): Origin {
  switch (origin) {
    case OriginNumber.SIMULATED:
      return 'simulated';
    case OriginNumber.REPLAY:
      return 'replay';
    default:
      return 'live';
  }
}

function unassignedOf(patient: string, reason: string): 'not-admitted' | 'not-placed' | null {
  if (patient !== NOBODY) return null;
  return reason === 'not-placed' ? reason : 'not-admitted';
}
