export * from './answered-windows.js';
export * from './clock-offset.js';
export * from './duplicate-filter.js';
export * from './order-rules.js';
export * from './range-set.js';
export * from './reorderer.js';
export * from './timed-item.js';
export {
  type ArrivedFrame,
  WearerPlacement,
  type WearerPlacementSnapshot,
} from './wearer-placement.js';
export { type Placement, type WornSpan } from './wearer-at.js';
