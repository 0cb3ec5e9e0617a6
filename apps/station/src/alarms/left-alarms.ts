import type { PartitionView } from '@app/alarms';
import type { AlarmEvent } from '@app/contracts';

const decoder = new TextDecoder();

/**
 * What would end the alarms of a checkpoint that cannot be used: it is damaged, or of another version. The machine then
 * starts over and raises what is still there; what it does not raise again, nobody could end.
 * @param state saved state by key, of any version; what is no state of a patient is passed over.
 */
export function endsOfLeft(state: ReadonlyMap<string, Uint8Array>, atMs: number): AlarmEvent[] {
  return [...state.values()].flatMap((bytes) =>
    rulesOf(bytes).flatMap(({ last }): AlarmEvent[] => {
      if (last === null || last === undefined) return [];
      return [
        {
          ...last,
          id: `${last.alarmId}:left`,
          signal: 'off',
          change: 'ended',
          endedBecause: 'limit-off',
          atMs,
        },
      ];
    }),
  );
}

/** Those that no machine has raised again. */
export function notActive(
  ends: readonly AlarmEvent[],
  machines: readonly PartitionView[],
): AlarmEvent[] {
  const active = new Set(
    machines.flatMap(({ patients }) =>
      [...patients].flatMap(({ alarms }) => Object.values(alarms).map(({ last }) => last?.alarmId)),
    ),
  );
  return ends.filter(({ alarmId }) => !active.has(alarmId));
}

/** By rule, in every version so far. */
function rulesOf(bytes: Uint8Array): { last?: AlarmEvent | null }[] {
  try {
    const saved: { rules?: object; alarms?: object } = JSON.parse(decoder.decode(bytes));
    return Object.values(saved.rules ?? saved.alarms ?? {});
  } catch {
    // damaged: it is that which makes the machine start over
    return [];
  }
}
