import {
  BATCH,
  type ModelMetadata,
  type ModelTask,
  type TensorDescription,
} from './model-metadata.js';

/** What the code that uses a model relies on: a graph that differs is refused at load, not misread at run time. */
export interface ModelInterface {
  task: ModelTask;
  /** Input names to sizes after the batch dimension; state inputs are not listed. */
  inputs: Readonly<Record<string, readonly number[]>>;
  /** Output names to sizes after the batch dimension and, where they matter, the names or bins of the last one. */
  outputs: Readonly<Record<string, OutputInterface>>;
}

export interface OutputInterface {
  shape: readonly number[];
  labels?: readonly string[];
  bins?: readonly number[];
}

/** The first difference between what a model offers and what its user needs, as a sentence, or null. */
export function interfaceMismatch(model: ModelMetadata, wanted: ModelInterface): string | null {
  if (model.task !== wanted.task) return `its task is ${model.task}, not ${wanted.task}`;
  const carried = new Set(model.state.flatMap((pair) => [pair.in, pair.out]));
  const free = (tensors: readonly TensorDescription[]) =>
    tensors.filter((tensor) => !carried.has(tensor.name));
  return (
    sidesMismatch('input', free(model.inputs), wanted.inputs) ??
    sidesMismatch(
      'output',
      free(model.outputs),
      Object.fromEntries(Object.entries(wanted.outputs).map(([name, { shape }]) => [name, shape])),
    ) ??
    namesMismatch(model.outputs, wanted.outputs)
  );
}

function sidesMismatch(
  side: 'input' | 'output',
  offered: readonly TensorDescription[],
  wanted: Readonly<Record<string, readonly number[]>>,
): string | null {
  for (const tensor of offered) {
    const shape = wanted[tensor.name];
    if (!shape) return `${side} ${tensor.name} is not one that the program knows`;
    const needed = [BATCH, ...shape].join(', ');
    const got = tensor.shape.join(', ');
    if (got !== needed) return `${side} ${tensor.name} is [${got}], not [${needed}]`;
  }
  const missing = Object.keys(wanted).find((name) => !offered.some((t) => t.name === name));
  return missing === undefined ? null : `${side} ${missing} is missing`;
}

function namesMismatch(
  outputs: readonly TensorDescription[],
  wanted: ModelInterface['outputs'],
): string | null {
  for (const [name, { labels, bins }] of Object.entries(wanted)) {
    const tensor = outputs.find((output) => output.name === name);
    if (labels && tensor?.labels?.join() !== labels.join()) {
      return `output ${name} has the labels ${tensor?.labels?.join(', ') ?? '(none)'}, not ${labels.join(', ')}`;
    }
    if (bins && tensor?.bins?.join() !== bins.join()) {
      return `output ${name} has other bins than the program's ${bins.length} from ${bins[0]} to ${bins.at(-1)}`;
    }
  }
  return null;
}
