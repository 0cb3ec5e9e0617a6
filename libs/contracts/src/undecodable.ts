import { file_vigil_v1_frame as schema } from './generated/vigil/v1/frame_pb.js';

const CHARACTERS = 200;
const SPACES = new Set([0x09, 0x0a, 0x0d, 0x20]);
const JSON_BEGINNINGS = new Set(['{', '[', '"'].map((character) => character.charCodeAt(0)));

/** Whether bytes that were no protobuf were meant as JSON: their first byte that is no space begins JSON. */
export function looksLikeJson(payload: Uint8Array): boolean {
  return JSON_BEGINNINGS.has(payload.find((byte) => !SPACES.has(byte)) ?? 0);
}

export const NOT_AN_OBJECT = 'JSON must be an object and begin with { at its first byte';

/** What is wrong with a payload that the decoder threw at, for who wrote it. */
export function whyUndecodable(error: unknown, payload: Uint8Array, isJson: boolean): string {
  if (!isJson && looksLikeJson(payload)) return NOT_AN_OBJECT;
  // The decoder's own words are those of a reader that ran out of bytes.
  if (!isJson && error instanceof RangeError) return 'it ends in the middle of a field';
  const message = error instanceof Error ? error.message : String(error);
  const [, name, value] = /enum ([\w.]+) from JSON: (.*)$/s.exec(message) ?? [];
  const names = schema.enums
    .find(({ typeName }) => typeName === name)
    ?.values.filter(({ number }) => number > 0)
    .map((one) => one.name);
  const text = names === undefined ? message : `${value?.slice(0, 30)} must be ${names.join(', ')}`;
  return text.slice(0, CHARACTERS);
}
