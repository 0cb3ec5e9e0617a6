import {
  create,
  fromBinary,
  fromJsonString,
  toBinary,
  type JsonReadOptions,
} from '@bufbuild/protobuf';
import type { Channel, Frame, SampleBlock } from './frame.js';
import { checkFrame } from './frame-check.js';
import type { FrameRejection } from './frame-rejection.js';
import { AXES, CLOCK_SOURCES, KINDS, POSITIONS, UNITS, numberOf } from './frame-enums.js';
import { WIRE_LIMITS } from './limits.js';
import { NOT_AN_OBJECT, looksLikeJson, whyUndecodable } from './undecodable.js';
import { FrameSchema, type Frame as FrameMessage } from './generated/vigil/v1/frame_pb.js';

export type DecodedFrame =
  | { ok: true; frame: Frame; /** The canonical protobuf form. */ bytes: Uint8Array }
  | { ok: false; reason: FrameRejection; detail: string };

const JSON_OPTIONS: Partial<JsonReadOptions> = { ignoreUnknownFields: false };
const BRACE = '{'.charCodeAt(0);
const text = new TextDecoder('utf-8', { fatal: true });

/**
 * Decodes and validates a payload: protobuf, or protobuf-JSON when its first byte is `{`
 * (0x7B is no valid first byte of a protobuf Frame: it would be field 15 as a group).
 * Never throws on bad input.
 */
export function decodeFrame(payload: Uint8Array): DecodedFrame {
  if (payload.length > WIRE_LIMITS.frameBytes) {
    return { ok: false, reason: 'too-large', detail: `${payload.length} bytes` };
  }
  const isJson = payload[0] === BRACE;
  let message: FrameMessage;
  try {
    message = isJson
      ? fromJsonString(FrameSchema, text.decode(payload), JSON_OPTIONS)
      : fromBinary(FrameSchema, payload);
  } catch (error) {
    return { ok: false, reason: 'not-protobuf', detail: whyUndecodable(error, payload, isJson) };
  }
  const checked = checkFrame(message);
  // Text may happen to decode, as fields that no frame has: only then, for a frame may begin with these bytes too.
  if (!checked.ok && checked.reason === 'unknown-schema' && !isJson && looksLikeJson(payload))
    return { ok: false, reason: 'not-protobuf', detail: NOT_AN_OBJECT };
  if (!checked.ok) return checked;
  return {
    ok: true,
    frame: checked.frame,
    bytes: isJson ? toBinary(FrameSchema, message) : payload,
  };
}

/** Encodes a frame; does not validate (a simulator must be able to send a bad one). */
export function encodeFrame(frame: Frame): Uint8Array {
  return toBinary(
    FrameSchema,
    create(FrameSchema, {
      schemaVersion: 1,
      device: frame.device,
      bootId: frame.bootId,
      sequence: BigInt(frame.sequence),
      monotonicUs: BigInt(Math.round(frame.monotonicUs)),
      wallClockUs: BigInt(Math.round((frame.wallClockMs ?? 0) * 1000)),
      wallClockSource: numberOf(CLOCK_SOURCES, frame.wallClockSource),
      sentMonotonicUs: BigInt(Math.round(frame.sentMonotonicUs ?? 0)),
      position: numberOf(POSITIONS, frame.position),
      blocks: frame.blocks.map(blockMessage),
      ...(frame.battery === null ? {} : { battery: frame.battery }),
      ...(frame.worn === null ? {} : { worn: frame.worn }),
      ...(frame.charging === null ? {} : { charging: frame.charging }),
    }),
  );
}

function blockMessage(block: SampleBlock) {
  return {
    kind: numberOf(KINDS, block.kind),
    sampleRateHz: block.sampleRateHz,
    unit: numberOf(UNITS, block.unit),
    scale: block.scale,
    offset: block.offset,
    channels: block.channels.map((channel) => ({
      label: labelOf(channel),
      samples: Array.from(channel.samples),
    })),
  };
}

function labelOf(channel: Channel) {
  if (channel.axis !== null) return { case: 'axis' as const, value: numberOf(AXES, channel.axis) };
  if (channel.wavelengthNm !== null)
    return { case: 'wavelengthNm' as const, value: channel.wavelengthNm };
  return { case: undefined };
}
