export * from './data-folder.js';
export * from './registry.js';
export { TooManyWaitingError } from './bounded-turns.js';
export * from './registry-bounds.js';
export { DeviceDirectory } from './device-directory.js';
export {
  REGISTRY_FILE,
  type RegistryOptions,
  openPostgresRegistry,
  openRegistry,
} from './open-registry.js';
export { FIRST_WARD } from './first-ward.js';
export { type WardStream, drainOutbox } from './drain-outbox.js';
