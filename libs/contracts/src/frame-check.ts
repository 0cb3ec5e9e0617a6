import type { Channel, Frame, SampleBlock, SampleKind, Unit } from './frame.js';
import { frameSeconds } from './frame.js';
import { AXES, CLOCK_SOURCES, KINDS, POSITIONS, UNITS, nameOf } from './frame-enums.js';
import type { FrameRejection } from './frame-rejection.js';
import {
  type Frame as FrameMessage,
  type SampleBlock as BlockMessage,
  SampleKind as SampleKindNumber,
} from './generated/vigil/v1/frame_pb.js';
import { NAME_PATTERN, WIRE_LIMITS } from './limits.js';

export type CheckedFrame =
  { ok: true; frame: Frame } | { ok: false; reason: FrameRejection; detail: string };

type Checked<T> = { ok: true; value: T } | { ok: false; reason: FrameRejection; detail: string };

const UNITS_OF: Record<SampleKind, readonly Unit[]> = {
  ppg: ['counts'],
  accelerometer: ['g', 'm/s2'],
  gyroscope: ['deg/s'],
  temperature: ['celsius'],
};

/** Every rule of docs/wire.md, first broken rule first. */
export function checkFrame(message: FrameMessage): CheckedFrame {
  if (message.schemaVersion !== 1)
    return no('unknown-schema', `schema_version ${message.schemaVersion}`);
  for (const name of [message.device, message.bootId]) {
    if (!NAME_PATTERN.test(name)) return no('bad-name', JSON.stringify(name.slice(0, 40)));
  }
  if (message.sequence > BigInt(WIRE_LIMITS.sequence))
    return no('bad-sequence', `${message.sequence}`);
  for (const time of [message.monotonicUs, message.sentMonotonicUs]) {
    if (time > BigInt(WIRE_LIMITS.monotonicUs)) return no('bad-time', `${time} µs`);
  }
  const { battery } = message;
  if (battery !== undefined && !(battery >= 0 && battery <= 1))
    return no('bad-battery', `${battery}`);
  if (message.blocks.length === 0) return no('no-samples', 'no block');
  if (message.blocks.length > WIRE_LIMITS.blocks)
    return no('too-many-blocks', `${message.blocks.length}`);

  const blocks: SampleBlock[] = [];
  for (const block of message.blocks) {
    const checked = checkBlock(block);
    if (!checked.ok) return checked;
    if (blocks.some((other) => other.kind === checked.value.kind)) {
      return no('too-many-blocks', `${checked.value.kind} twice`);
    }
    blocks.push(checked.value);
  }
  const frame: Frame = {
    device: message.device,
    bootId: message.bootId,
    sequence: Number(message.sequence),
    monotonicUs: Number(message.monotonicUs),
    wallClockMs: message.wallClockUs > 0n ? Number(message.wallClockUs) / 1000 : null,
    wallClockSource: nameOf(CLOCK_SOURCES, message.wallClockSource) ?? 'unspecified',
    sentMonotonicUs: message.sentMonotonicUs > 0n ? Number(message.sentMonotonicUs) : null,
    position: nameOf(POSITIONS, message.position) ?? 'unspecified',
    blocks,
    battery: battery ?? null,
    worn: message.worn ?? null,
    charging: message.charging ?? null,
  };
  const seconds = frameSeconds(frame);
  if (
    seconds < WIRE_LIMITS.frameMinSeconds - 1e-9 ||
    seconds > WIRE_LIMITS.frameMaxSeconds + 1e-9
  ) {
    return no('bad-length', `${seconds} s`);
  }
  return { ok: true, frame };
}

function checkBlock(message: BlockMessage): Checked<SampleBlock> {
  const kind = nameOf(KINDS, message.kind);
  if (kind === null)
    return no(
      'bad-kind',
      message.kind === SampleKindNumber.UNSPECIFIED ? 'no kind' : `kind ${message.kind}`,
    );
  const unit = nameOf(UNITS, message.unit);
  if (unit === null || !UNITS_OF[kind].includes(unit))
    return no(
      'bad-unit',
      `${kind} in ${unit ?? 'no unit'}: it must be ${UNITS_OF[kind].join(' or ')}`,
    );
  const { sampleRateHz, scale, offset } = message;
  if (!(
    sampleRateHz >= WIRE_LIMITS.sampleRateMinHz && sampleRateHz <= WIRE_LIMITS.sampleRateMaxHz
  )) {
    return no('bad-rate', `${sampleRateHz} Hz`);
  }
  if (!Number.isFinite(scale) || scale === 0 || !Number.isFinite(offset)) {
    return no('bad-scale', `scale ${scale}, offset ${offset}`);
  }
  const channels = checkChannels(kind, message);
  return channels.ok
    ? { ok: true, value: { kind, sampleRateHz, unit, scale, offset, channels: channels.value } }
    : channels;
}

function checkChannels(kind: SampleKind, message: BlockMessage): Checked<Channel[]> {
  const count = message.channels.length;
  const length = message.channels[0]?.samples.length ?? 0;
  if (length === 0) return no('no-samples', `${kind} block`);
  if (count > WIRE_LIMITS.channels) return no('bad-channels', `${count} channels`);
  const channels: Channel[] = [];
  for (const { label, samples } of message.channels) {
    if (samples.length !== length)
      return no('uneven-channels', `${length} and ${samples.length} samples`);
    const values = new Int32Array(samples);
    if (values.some((value) => Math.abs(value) > WIRE_LIMITS.sampleMagnitude))
      return no('bad-sample', kind);
    channels.push({
      wavelengthNm: label.case === 'wavelengthNm' ? label.value : null,
      axis: label.case === 'axis' ? nameOf(AXES, label.value) : null,
      samples: values,
    });
  }
  const labelled = {
    ppg: () => channels.every((channel) => channel.wavelengthNm !== null),
    accelerometer: () => hasEachAxis(channels),
    gyroscope: () => hasEachAxis(channels),
    temperature: () => count === 1,
  }[kind]();
  return labelled ? { ok: true, value: channels } : no('bad-channels', kind);
}

function hasEachAxis(channels: Channel[]): boolean {
  return (
    channels.length === 3 &&
    ['x', 'y', 'z'].every((axis) => channels.some((channel) => channel.axis === axis))
  );
}

function no(
  reason: FrameRejection,
  detail: string,
): { ok: false; reason: FrameRejection; detail: string } {
  return { ok: false, reason, detail };
}
