import type { PartHealth } from '../platform/health.js';
import type { Networks, Task } from './networks.js';

/** What the station does without the network of a task. */
const WITHOUT: Record<Task, string> = {
  heartRate: 'Heart rates come from the light spectrum alone',
  activity: 'Activities are not recognised',
  activityWaist: 'Activities of devices at the waist are not recognised',
  fall: 'Falls are not looked for',
};

/** Without a network the station is ready, with less: the dashboard says so, and why. */
export function networkHealth(networks: Networks | null, task: Task): PartHealth {
  if (networks === null) return { ok: true, message: 'is being loaded' };
  const fault = networks.faultOf(task);
  if (fault !== null)
    return { ok: networks.isLeftOut(task), message: `${WITHOUT[task]}: ${fault}` };
  const { name, version } = networks.idOf(task);
  return { ok: true, message: `${name} ${version}` };
}
