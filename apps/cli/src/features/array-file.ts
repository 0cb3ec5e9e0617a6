import { writeFileSync } from 'node:fs';

export interface NamedArray {
  name: string;
  shape: number[];
  values: Float32Array;
}

/**
 * Writes float32 arrays: 4 bytes with the length of a JSON header (little-endian), the header
 * `{format, version, arrays: [{name, shape}]}`, then the arrays one after the other, row-major and little-endian.
 */
export function writeArrays(path: string, arrays: readonly NamedArray[]): void {
  const header = Buffer.from(
    JSON.stringify({
      format: 'vigil-arrays',
      version: 1,
      arrays: arrays.map(({ name, shape }) => ({ name, shape })),
    }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const bodies = arrays.map(({ values }) =>
    Buffer.from(values.buffer, values.byteOffset, values.byteLength),
  );
  writeFileSync(path, Buffer.concat([length, header, ...bodies]));
}
