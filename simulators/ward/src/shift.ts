import shift from '../scenarios/shift.json' with { type: 'json' };
import { scenarioSchema, type Scenario } from './scenario.js';

/** A shift whose alarms are known beforehand: scenarios/shift.json. */
export function scriptedShift(): Scenario {
  return scenarioSchema.parse(shift);
}
