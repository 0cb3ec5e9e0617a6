import { WIRE_LIMITS } from '@app/contracts';

/** Boot id of a replayed boot: its own name with the run behind it, so that a second replay is not taken for duplicates. */
export function replayedBoot(bootId: string, run: string): string {
  return `${bootId.slice(0, WIRE_LIMITS.nameCharacters - run.length - 1)}-${run}`;
}
