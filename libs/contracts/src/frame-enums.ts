import type { BodyPosition, ClockSource, SampleKind, Unit } from './frame.js';

/** Names of the schema's enum values, in their order: index = number on the wire. */
export const CLOCK_SOURCES: readonly ClockSource[] = [
  'unspecified',
  'ntp',
  'cellular',
  'gnss',
  'manual',
];
export const POSITIONS: readonly BodyPosition[] = [
  'unspecified',
  'wrist',
  'finger',
  'upper-arm',
  'chest',
  'waist',
  'pocket',
  'ear',
];
export const KINDS: readonly (SampleKind | null)[] = [
  null,
  'ppg',
  'accelerometer',
  'gyroscope',
  'temperature',
];
export const UNITS: readonly (Unit | null)[] = [null, 'counts', 'g', 'm/s2', 'deg/s', 'celsius'];
export const AXES: readonly ('x' | 'y' | 'z' | null)[] = [null, 'x', 'y', 'z'];

/** Name of a number on the wire; null when this schema version does not know it. */
export function nameOf<T>(names: readonly T[], value: number): T | null {
  return names[value] ?? null;
}

export function numberOf<T>(names: readonly T[], name: T): number {
  return Math.max(0, names.indexOf(name));
}
