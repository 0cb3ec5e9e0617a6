import { REGISTRY_BOUNDS } from './registry-bounds.js';

/** How many entries a query gives: what was asked, within the bounds. */
export function pageLimit(asked: number | undefined): number {
  const { pageDefault, pageMost } = REGISTRY_BOUNDS;
  if (asked === undefined || !Number.isFinite(asked)) return pageDefault;
  return Math.min(pageMost, Math.max(1, Math.trunc(asked)));
}
