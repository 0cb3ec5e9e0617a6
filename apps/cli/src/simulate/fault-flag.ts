import { InvalidArgumentError } from 'commander';
import { FAULT_KINDS, scenarioSchema, type Fault, type Scenario } from '@app/ward';

export interface FaultFlag {
  fault: Fault;
  /** Null: every wearable. */
  device: string | null;
}

const PATTERN =
  /^(?<kind>[a-z-]+)@(?<from>\d+(\.\d+)?)(-(?<to>\d+(\.\d+)?))?(:(?<device>[A-Za-z0-9._-]+))?$/;

/** `--fault flat-line@30-60:sim-02`, repeatable: kind, from and to in seconds, device. */
export function faultFlag(text: string, before: FaultFlag[]): FaultFlag[] {
  const parts = PATTERN.exec(text)?.groups;
  const fault = parts && {
    kind: parts['kind'],
    fromSeconds: Number(parts['from']),
    ...(parts['to'] === undefined ? {} : { toSeconds: Number(parts['to']) }),
  };
  const parsed = scenarioSchema.shape.wearables.element.shape.faults.safeParse([fault]);
  const [one] = parsed.data ?? [];
  if (parts === undefined || one === undefined) {
    throw new InvalidArgumentError(
      'must be like flat-line@30-60:sim-02 (kind@from[-to][:device], seconds); ' +
        `kinds: ${FAULT_KINDS.join(', ')}.`,
    );
  }
  return [...before, { fault: one, device: parts['device'] ?? null }];
}

/** The scenario with the faults in it. Throws an Error that names a device which is not there. */
export function withFaults(scenario: Scenario, flags: readonly FaultFlag[]): Scenario {
  for (const { device } of flags) {
    if (device !== null && !scenario.wearables.some((one) => one.device === device)) {
      throw new Error(`--fault: there is no device ${device} in the scenario`);
    }
  }
  return {
    ...scenario,
    wearables: scenario.wearables.map((one) => ({
      ...one,
      faults: [
        ...one.faults,
        ...flags
          .filter(({ device }) => device === null || device === one.device)
          .map(({ fault }) => fault),
      ],
    })),
  };
}
