/** A source of numbers in [0, 1) that a seed fixes (mulberry32). For tests. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The items in an order in which none is overtaken by one that lies `places` or more behind it. */
export function shuffledWithin<T>(items: readonly T[], places: number, random: () => number): T[] {
  return items
    .map((item, i) => ({ item, at: i + random() * places }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
