/** More places than these do not fit a large screen at the full size of a tile. */
const FEW_PLACES = 24;

/** How large tiles are on a large screen: on a ward of many, smaller ones, so that nobody has to be scrolled to. */
export function wallSize(places: number): 'few' | 'many' {
  return places > FEW_PLACES ? 'many' : 'few';
}

/** Tiles beside each other at that size. */
const COLUMNS_OF_MANY = 8;

export function rowsOfMany(places: number): number {
  return Math.ceil(places / COLUMNS_OF_MANY);
}
