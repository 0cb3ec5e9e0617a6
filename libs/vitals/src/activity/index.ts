export * from './activity-classes.js';
export * from './prepare-activity-input.js';
