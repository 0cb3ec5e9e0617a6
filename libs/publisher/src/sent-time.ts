/** `sent_monotonic_us = 8`, a varint. */
const TAG = (8 << 3) | 0;

/**
 * Adds the time of sending to an encoded frame that has none. Protobuf allows fields in any order, so the seven or so bytes
 * are put at the end and a frame that waited for hours need not be decoded again.
 */
export function withSentTime(frame: Uint8Array, sentMonotonicUs: number): Uint8Array {
  const varint: number[] = [];
  let rest = Math.max(0, Math.round(sentMonotonicUs));
  while (rest >= 0x80) {
    varint.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  varint.push(rest);
  const stamped = new Uint8Array(frame.length + 1 + varint.length);
  stamped.set(frame);
  stamped[frame.length] = TAG;
  stamped.set(varint, frame.length + 1);
  return stamped;
}
