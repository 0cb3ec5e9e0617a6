import { z } from 'zod';

/** A tensor with its batch dimension, little-endian float32 in base64: exact and compact. */
const goldenTensorSchema = z.strictObject({
  shape: z.array(z.number().int().positive()).min(1),
  float32: z.base64(),
});
type GoldenTensor = z.infer<typeof goldenTensorSchema>;

/**
 * `golden.json`: inputs and what the training framework (not ONNX Runtime) answered. Each case has every input and
 * every output of the graph, all with the same first dimension. The loader runs them all.
 */
export const goldenCasesSchema = z.strictObject({
  schema: z.literal(1),
  /** What computed the outputs, for example `torch 1.13.0`. */
  madeBy: z.string().min(1),
  cases: z
    .array(
      z.strictObject({
        description: z.string().min(1),
        inputs: z.record(z.string(), goldenTensorSchema),
        outputs: z.record(z.string(), goldenTensorSchema),
      }),
    )
    .min(1),
});
export type GoldenCases = z.infer<typeof goldenCasesSchema>;

/** Throws when the bytes do not fill the shape. */
export function goldenValues(tensor: GoldenTensor): Float32Array {
  const bytes = Buffer.from(tensor.float32, 'base64');
  const length = tensor.shape.reduce((product, size) => product * size, 1);
  if (bytes.length !== 4 * length) {
    throw new Error(`${bytes.length} bytes for shape [${tensor.shape.join(', ')}]`);
  }
  const values = new Float32Array(length);
  for (let i = 0; i < length; i++) values[i] = bytes.readFloatLE(4 * i);
  return values;
}
