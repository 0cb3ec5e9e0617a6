/**
 * Partition of a key: FNV-1a (32 bit) over its UTF-16 code units, modulo the number of partitions.
 * Stable for ever: records of one key must stay in one partition.
 */
export function partitionOf(key: string, partitions: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) {
    hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0) % partitions;
}
