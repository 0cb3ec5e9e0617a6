export * from './data-folder.js';
export * from './device-record.js';
export * from './device-store.js';
export * from './registry.js';
export * from './drain-outbox.js';
