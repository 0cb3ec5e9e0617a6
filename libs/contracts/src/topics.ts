import { NAME_PATTERN } from './limits.js';

/** First levels of every topic. */
export const TOPIC_ROOT = 'vigil/v1';

export const UPLINKS = ['frames', 'backfill', 'status'] as const;
export const DOWNLINKS = ['vitals', 'alarms', 'errors'] as const;
export type Uplink = (typeof UPLINKS)[number];
export type Downlink = (typeof DOWNLINKS)[number];

export interface DeviceTopic {
  device: string;
  channel: Uplink | Downlink;
}

export function topicOf(device: string, channel: Uplink | Downlink): string {
  return `${TOPIC_ROOT}/${device}/${channel}`;
}

/** The parts of `vigil/v1/<device>/<channel>`, or null for any other topic (wildcards included). */
export function parseTopic(topic: string): DeviceTopic | null {
  const [root, version, device, channel, ...rest] = topic.split('/', 6);
  if (`${root}/${version}` !== TOPIC_ROOT || rest.length > 0) return null;
  if (device === undefined || !NAME_PATTERN.test(device)) return null;
  const known = [...UPLINKS, ...DOWNLINKS].find((name) => name === channel);
  return known === undefined ? null : { device, channel: known };
}
