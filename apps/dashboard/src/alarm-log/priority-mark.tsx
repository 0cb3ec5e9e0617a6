import type { AlarmPriority } from '@app/contracts';
import { PRIORITY_WORDS } from '../alarms/alarm-words.js';
import { PriorityShape } from '../design/icons.js';

/** Shape, colour, asterisks and word of a priority; still: what is listed does not call. */
export function PriorityMark({ priority }: { priority: AlarmPriority }) {
  const { mark, word } = PRIORITY_WORDS[priority];
  return (
    <span className="priority-mark" data-priority={priority}>
      <PriorityShape priority={priority} />
      <b>
        {mark === '' ? null : <span aria-hidden="true">{mark} </span>}
        {word}
      </b>
    </span>
  );
}
