export * from './heart-rate-bins.js';
export * from './window-grid.js';
export * from './prepared-window.js';
export * from './signal-lane.js';
export * from './belief-settings.js';
export * from './patient-belief.js';
export * from './activity/index.js';
export * from './falls/index.js';
