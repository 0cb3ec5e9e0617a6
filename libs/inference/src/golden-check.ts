import { ModelFaultError, reasonOf } from './model-fault.js';
import { goldenValues, type GoldenCases } from './golden-cases.js';
import { rowLength, type ModelAnswer, type ModelRow, type OnnxModel } from './onnx-model.js';
import type { TensorDescription } from './model-metadata.js';

/** Runs every golden case; throws a fault of kind `golden` that names the first output beyond the tolerance. */
export async function checkGolden(
  model: OnnxModel,
  golden: GoldenCases,
  path: string,
): Promise<void> {
  const { metadata } = model;
  const stateOf = new Map(metadata.state.map((pair) => [pair.out, pair.in]));
  const stateInputs = new Set(stateOf.values());
  for (const { description, inputs, outputs } of golden.cases) {
    const where = `${path}, case "${description}"`;
    const given = metadata.inputs.map((tensor) => columnOf(tensor, inputs, where));
    const wanted = metadata.outputs.map((tensor) => columnOf(tensor, outputs, where));
    const rowCount = given[0]?.rows.length ?? 0;
    if ([...given, ...wanted].some((column) => column.rows.length !== rowCount)) {
      throw new ModelFaultError('golden', `${where}: tensors with different numbers of rows`);
    }
    const rows = Array.from({ length: rowCount }, (_, row): ModelRow => {
      const pick = (state: boolean) =>
        Object.fromEntries(
          given
            .filter(({ name }) => stateInputs.has(name) === state)
            .map(({ name, rows: values }) => [name, values[row]!]),
        );
      return { inputs: pick(false), state: stateInputs.size > 0 ? pick(true) : null };
    });
    const answers = await model.run(rows);
    for (const [row, answer] of answers.entries()) {
      for (const { name, rows: expected } of wanted) {
        const got = valueOf(answer, name, stateOf.get(name));
        const difference = largestDifference(got, expected[row]!);
        if (!(difference <= metadata.goldenTolerance)) {
          throw new ModelFaultError(
            'golden',
            `${where}, row ${row}: output ${name} differs by ${difference} from training's answer ` +
              `(allowed: ${metadata.goldenTolerance}). Export the model again, or use the ONNX Runtime version it was made for.`,
          );
        }
      }
    }
  }
}

interface Column {
  name: string;
  rows: Float32Array[];
}

function columnOf(
  tensor: TensorDescription,
  values: GoldenCases['cases'][number]['inputs'],
  where: string,
): Column {
  const stored = values[tensor.name];
  if (!stored) throw new ModelFaultError('golden', `${where}: no values for ${tensor.name}`);
  const [, ...sizes] = tensor.shape;
  if (stored.shape.slice(1).join() !== sizes.join()) {
    throw new ModelFaultError(
      'golden',
      `${where}: ${tensor.name} is [${stored.shape.join(', ')}], not [${tensor.shape.join(', ')}]`,
    );
  }
  let flat: Float32Array;
  try {
    flat = goldenValues(stored);
  } catch (error) {
    const message = `${where}: ${tensor.name}: ${reasonOf(error)}`;
    throw new ModelFaultError('golden', message, { cause: error });
  }
  const size = rowLength(tensor);
  const rows = Array.from({ length: stored.shape[0] ?? 0 }, (_, row) =>
    flat.slice(row * size, (row + 1) * size),
  );
  return { name: tensor.name, rows };
}

function valueOf(
  answer: ModelAnswer,
  output: string,
  stateInput: string | undefined,
): Float32Array {
  const values = stateInput === undefined ? answer.outputs[output] : answer.state?.[stateInput];
  return values ?? new Float32Array(0);
}

/** NaN when a value is not a number on either side, so that a comparison with the tolerance fails. */
function largestDifference(got: Float32Array, expected: Float32Array): number {
  if (got.length !== expected.length) return NaN;
  let largest = 0;
  for (let i = 0; i < got.length; i++) {
    const difference = Math.abs(got[i]! - expected[i]!);
    if (Number.isNaN(difference)) return NaN;
    if (difference > largest) largest = difference;
  }
  return largest;
}
