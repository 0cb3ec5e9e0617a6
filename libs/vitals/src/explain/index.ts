export { bandAround } from './hidable-parts.js';
export * from './window-explanation.js';
