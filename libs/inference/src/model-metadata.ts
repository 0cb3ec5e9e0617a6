import { z } from 'zod';

/** What a model answers. One model per task is live; another may run beside it as its shadow. */
export const MODEL_TASKS = ['heart-rate', 'activity', 'fall'] as const;
export type ModelTask = (typeof MODEL_TASKS)[number];

/** The symbolic first dimension of every tensor: how many rows (patients) share the call. */
export const BATCH = 'batch';

const dimension = z.number().int().positive();

const tensorSchema = z.strictObject({
  /** The name in the ONNX graph. */
  name: z.string().min(1),
  /** Always `["batch", …]`: rows of one batch never mix. */
  shape: z.tuple([z.literal(BATCH)], dimension),
  type: z.literal('float32'),
  /** Unit of every element, for example `g`, `1` (a ratio) or `log-odds`. */
  unit: z.string().min(1),
  /** Values that training saw, inclusive; null when unbounded. */
  range: z.tuple([z.number(), z.number()]).nullable(),
  description: z.string().min(1),
  /** Meaning of the last dimension's elements, where they have names (classes) … */
  labels: z.array(z.string().min(1)).optional(),
  /** … or numbers (heart-rate bins, BPM). */
  bins: z.array(z.number()).optional(),
});
export type TensorDescription = z.infer<typeof tensorSchema>;

const dataSchema = z.strictObject({
  name: z.string().min(1),
  /** Where its authors publish it. */
  source: z.string().min(1),
  licence: z.string().min(1),
  use: z.enum(['training', 'test', 'training and test']),
  people: z.number().int().positive(),
  description: z.string().min(1).optional(),
});

const resultSchema = z.strictObject({
  /** For example `macro-F1` or `mean absolute error`. */
  measure: z.string().min(1),
  value: z.number(),
  unit: z.string().min(1),
  data: z.string().min(1),
  /** Split, seeds, windows left out, raw or filtered: enough to make the figure again. */
  protocol: z.string().min(1),
});

/**
 * `metadata.json` of a model folder `models/<name>/<version>/`: everything that a reader or the program must know of
 * `model.onnx`. The loader checks it against the registry, the file and the graph; a wrong or missing field is refused.
 */
export const modelMetadataSchema = z
  .strictObject({
    schema: z.literal(1),
    name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower case letters, digits and dashes'),
    version: z.string().regex(/^\d+\.\d+\.\d+$/, 'major.minor.patch'),
    task: z.enum(MODEL_TASKS),
    /** One sentence. */
    summary: z.string().min(1),
    /** SHA-256 of `model.onnx`, hexadecimal. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'),
    inputs: z.array(tensorSchema).min(1),
    outputs: z.array(tensorSchema).min(1),
    /** Recurrent state: the output `out` of a step is the input `in` of the next; the first step gets zeros. */
    state: z.array(z.strictObject({ in: z.string().min(1), out: z.string().min(1) })),
    /** Rate of the samples that the features are made of, Hz; window and step in seconds. */
    sampleRateHz: z.number().positive(),
    windowSeconds: z.number().positive(),
    stepSeconds: z.number().positive(),
    parameters: z.number().int().positive(),
    /** Multiply-adds for one row. */
    multiplyAdds: z.number().int().positive(),
    /** Where the device sits on the body. */
    position: z.array(z.string().min(1)).min(1),
    intendedUse: z.string().min(1),
    limits: z.array(z.string().min(1)).min(1),
    /** What the weights may be used for, given the licences of the training data. */
    weightsLicence: z.string().min(1),
    data: z.array(dataSchema).min(1),
    results: z.array(resultSchema).min(1),
    /** Of training's windows, for watching whether what is served still looks like it: mean and standard deviation per input. */
    inputStatistics: z
      .record(
        z.string().min(1),
        z.strictObject({ mean: z.number(), deviation: z.number().positive() }),
      )
      .optional(),
    /** Share of training's windows in which a number was shown, by a model that had not seen the person. */
    answeredShare: z.number().min(0).max(1).optional(),
    /** Software and seed that made it, as `name: value`. */
    training: z.record(z.string(), z.union([z.string(), z.number()])),
    /** Largest absolute difference to `golden.json` that still passes at load. */
    goldenTolerance: z.number().positive(),
  })
  .superRefine((model, context) => {
    for (const { in: into, out } of model.state) {
      const input = model.inputs.find((tensor) => tensor.name === into);
      const output = model.outputs.find((tensor) => tensor.name === out);
      if (!input || !output) {
        const message = `state pair ${into} <- ${out} names a tensor that is not described`;
        context.addIssue({ code: 'custom', path: ['state'], message });
      } else if (input.shape.join() !== output.shape.join()) {
        const message = `state pair ${into} <- ${out} has two shapes`;
        context.addIssue({ code: 'custom', path: ['state'], message });
      }
    }
    for (const tensor of [...model.inputs, ...model.outputs]) {
      const last = tensor.shape.at(-1);
      for (const names of [tensor.labels, tensor.bins]) {
        if (names && names.length !== last) {
          const message = `${tensor.name} names ${names.length} elements of ${last}`;
          context.addIssue({ code: 'custom', path: ['inputs', 'outputs'], message });
        }
      }
    }
  });
export type ModelMetadata = z.infer<typeof modelMetadataSchema>;
