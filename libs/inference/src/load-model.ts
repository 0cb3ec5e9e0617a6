import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { checkGolden } from './golden-check.js';
import { goldenCasesSchema } from './golden-cases.js';
import { ModelFaultError, reasonOf, type ModelFault, type ModelFaultKind } from './model-fault.js';
import { interfaceMismatch, type ModelInterface } from './model-interface.js';
import { modelMetadataSchema, type ModelMetadata } from './model-metadata.js';
import { OnnxModel, type OnnxModelOptions } from './onnx-model.js';
import { onnxRuntime, openSession } from './onnx-session.js';

/** A model that may be used, or why there is none. */
export type ModelSlot =
  { state: 'ready'; model: OnnxModel } | { state: 'unavailable'; fault: ModelFault };

export interface LoadModelOptions extends OnnxModelOptions {
  /** What the caller's code relies on. */
  wanted?: ModelInterface;
}

/**
 * Opens `<models>/<name>/<version>`: metadata against its schema, model.onnx against its SHA-256, the graph against the
 * metadata, the metadata against what the caller wants, the answers against golden.json. Never throws for a bad folder.
 */
export async function loadModel(
  models: string,
  reference: string,
  options: LoadModelOptions = {},
): Promise<ModelSlot> {
  try {
    return { state: 'ready', model: await openModel(models, reference, options) };
  } catch (error) {
    if (!(error instanceof ModelFaultError)) throw error;
    return { state: 'unavailable', fault: { kind: error.kind, message: error.message } };
  }
}

async function openModel(
  models: string,
  reference: string,
  { wanted, ...options }: LoadModelOptions,
): Promise<OnnxModel> {
  const folder = join(models, reference);
  const metadata = await readMetadata(folder, reference);
  const mismatch = wanted && interfaceMismatch(metadata, wanted);
  if (mismatch) {
    throw new ModelFaultError(
      'graph',
      `${folder}: ${mismatch}. Name a model of this task and interface in registry.json.`,
    );
  }
  const path = join(folder, 'model.onnx');
  const graph = await readPart(path);
  const digest = createHash('sha256').update(graph).digest('hex');
  if (digest !== metadata.sha256) {
    throw new ModelFaultError(
      'digest',
      `${path} has SHA-256 ${digest}, but metadata.json says ${metadata.sha256}: the file is damaged or of another export. Restore the folder.`,
    );
  }
  const golden = await readJson(join(folder, 'golden.json'), goldenCasesSchema, 'golden');
  const runtime = await onnxRuntime();
  const session = await openSession(runtime, graph, metadata, path);
  const model = new OnnxModel(runtime, session, metadata, options);
  try {
    // not observed: start-up is no traffic
    await checkGolden(
      new OnnxModel(runtime, session, metadata),
      golden,
      join(folder, 'golden.json'),
    );
  } catch (error) {
    await model.release();
    throw error;
  }
  return model;
}

async function readMetadata(folder: string, reference: string): Promise<ModelMetadata> {
  const path = join(folder, 'metadata.json');
  const metadata = await readJson(path, modelMetadataSchema, 'metadata');
  const named = `${metadata.name}/${metadata.version}`;
  if (named !== reference) {
    const message = `${path} describes ${named}, but lies in the folder of ${reference}. Move or rename it.`;
    throw new ModelFaultError('metadata', message);
  }
  return metadata;
}

/** Parses a JSON file against its schema; every failure names the file. */
export async function readJson<T>(
  path: string,
  schema: z.ZodType<T>,
  kind: ModelFaultKind,
): Promise<T> {
  const text = await readPart(path, kind === 'registry' ? 'registry' : 'missing');
  let value: unknown;
  try {
    value = JSON.parse(text.toString('utf8'));
  } catch (error) {
    const message = `${path} is not JSON: ${reasonOf(error)}`;
    throw new ModelFaultError(kind, message, { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw new ModelFaultError(kind, `${path} breaks its schema:\n${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

async function readPart(path: string, kind: ModelFaultKind = 'missing'): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const message = `${path} cannot be read: ${reasonOf(error)}`;
    throw new ModelFaultError(kind, message, { cause: error });
  }
}
