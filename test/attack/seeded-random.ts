/** Numbers from 0 (included) to 1, the same for the same seed. (mulberry32, by Tommy Ettinger, public domain.) */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A copy with one to four random changes: a byte replaced, a bit flipped, bytes removed, doubled or inserted. */
export function mutated(bytes: Uint8Array, random: () => number): Buffer {
  let result = Buffer.from(bytes);
  const changes = 1 + Math.floor(random() * 4);
  for (let i = 0; i < changes; i++) {
    const at = Math.floor(random() * result.length);
    const some = 1 + Math.floor(random() * 8);
    const before = result.subarray(0, at);
    switch (Math.floor(random() * 5)) {
      case 0:
        result[at] = Math.floor(random() * 256);
        break;
      case 1:
        result[at] = (result[at] ?? 0) ^ (1 << Math.floor(random() * 8));
        break;
      case 2:
        result = Buffer.concat([before, result.subarray(at + some)]);
        break;
      case 3:
        result = Buffer.concat([before, result.subarray(at, at + some), result.subarray(at)]);
        break;
      default: {
        const inserted = Buffer.from(
          Array.from({ length: some }, () => Math.floor(random() * 256)),
        );
        result = Buffer.concat([before, inserted, result.subarray(at)]);
      }
    }
  }
  return result;
}
