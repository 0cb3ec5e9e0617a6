export * from './data-folder.js';
