import { DOWNLINKS, UPLINKS, parseTopic, type Downlink, type Uplink } from '@app/contracts';

/** The uplink channel when this device may publish to the topic, else null. */
export function publishable(device: string, topic: string): Uplink | null {
  const parsed = parseTopic(topic);
  if (parsed?.device !== device) return null;
  return UPLINKS.find((channel) => channel === parsed.channel) ?? null;
}

/** The downlink channel when this device may subscribe to the filter, else null: no wildcards, nobody else's. */
export function subscribable(device: string, filter: string): Downlink | null {
  const parsed = parseTopic(filter);
  if (parsed?.device !== device) return null;
  return DOWNLINKS.find((channel) => channel === parsed.channel) ?? null;
}
