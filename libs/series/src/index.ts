export * from './series-store.js';
export * from './series-away-error.js';
export * from './open-series-store.js';
