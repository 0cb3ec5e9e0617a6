import type { ProgressRecord } from '@app/contracts';
import { networkHealth } from './network-health.js';
import { type Networks, TASKS } from './networks.js';

/** What the processor's progress says of networks that are missing or have failed; nothing while all are well. */
export function withoutNetworks(networks: Networks): Pick<ProgressRecord, 'without'> {
  const troubles = TASKS.map((task) => networkHealth(networks, task)).filter(({ ok }) => !ok);
  if (troubles.length === 0) return {};
  return { without: troubles.map(({ message }) => message).join('; ') };
}
