import type { AlarmEvent } from '@app/contracts';
import { useMemo } from 'react';
import { PRIORITY_WORDS, alarmLine } from '../alarms/alarm-words.js';
import { PriorityShape } from '../design/icons.js';
import { timeOfDay } from '../words.js';
import { type AlarmMark, alarmMarks } from './alarm-marks.js';
import type { TimeRange } from './trend-view.js';

/** As wide as a finger, CSS px. */
const TARGET_PX = 44;

interface Props {
  events: readonly AlarmEvent[];
  range: TimeRange;
  /** Where the plot lies, CSS px. */
  area: { left: number; width: number };
  onAlarms: (alarms: readonly AlarmEvent[]) => void;
}

/** Alarms above the trend, at their time: each opens what it was. Their place is kept when there is none. */
export function AlarmMarks({ events, range, area, onAlarms }: Props) {
  const { fromMs, toMs } = range;
  const marks = useMemo(
    () => (area.width > 0 ? alarmMarks(events, { fromMs, toMs }, area.width, TARGET_PX) : []),
    [events, fromMs, toMs, area.width],
  );
  return (
    <ul className="trend-marks" aria-label="Alarms on the trend">
      {marks.map((mark) => (
        <li key={mark.alarms[0]?.id} style={{ left: area.left + mark.xPx }}>
          <button
            type="button"
            className="trend-mark"
            data-priority={mark.first.priority}
            aria-label={markWords(mark)}
            title={markWords(mark)}
            onClick={() => onAlarms(mark.alarms)}
          >
            <PriorityShape priority={mark.first.priority} />
            {mark.alarms.length > 1 ? <b>{mark.alarms.length}</b> : null}
          </button>
        </li>
      ))}
    </ul>
  );
}

function markWords({ first, alarms }: AlarmMark): string {
  const { word } = PRIORITY_WORDS[first.priority];
  const urgent = `${word} priority: ${alarmLine(first)}, ${timeOfDay(first.atMs)}`;
  return alarms.length === 1 ? urgent : `${alarms.length} alarms, the most urgent: ${urgent}`;
}
