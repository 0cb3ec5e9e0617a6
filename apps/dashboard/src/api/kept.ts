/** Refused to who asks now, or not there for them: what an earlier asker read is not theirs to see. */
const CLOSED: readonly number[] = [401, 403, 404];

/** Whether what was read before stays in sight after an attempt that failed so; 0: no answer came. */
export function staysAfter(status: number): boolean {
  return !CLOSED.includes(status);
}
