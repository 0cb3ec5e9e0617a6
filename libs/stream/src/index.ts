export * from './answered-windows.js';
export * from './clock-offset.js';
export * from './duplicate-filter.js';
export * from './order-rules.js';
export * from './range-set.js';
export * from './reorderer.js';
export * from './timed-item.js';
