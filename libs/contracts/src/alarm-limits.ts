/** Heart-rate limits of one patient, BPM; null switches a limit off. */
export interface AlarmLimits {
  heartRateHighBpm: number | null;
  heartRateLowBpm: number | null;
}
