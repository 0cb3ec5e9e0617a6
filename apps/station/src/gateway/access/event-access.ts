import { type ClientEvents, type Permission, wardOfLimitsKey } from '@app/contracts';
import { acknowledgeSchema, parseRoom, pauseAudioSchema } from '../socket/client-messages.js';

/** Whose ward an event is about. */
export type EventPlace = { ward: string } | { patient: string };

export interface EventRule {
  /** Null: whoever is signed in. */
  permission: Permission | null;
  /** Where its argument says it is about; null when it says nothing that can be understood, and so has no effect. */
  place: (argument: unknown) => EventPlace | null;
}

/** Who may send which event: every one that a client may send has its line here. */
export const EVENT_ACCESS: Record<keyof ClientEvents, EventRule> = {
  watch: { permission: 'see-ward', place: placeOfRoom },
  // to leave a room shows nothing
  unwatch: { permission: null, place: () => null },
  now: { permission: null, place: () => null },
  acknowledge: {
    permission: 'acknowledge-alarms',
    place: (argument) => placeOfAlarms(acknowledgeSchema.safeParse(argument)),
  },
  'pause-audio': {
    permission: 'pause-audio',
    place: (argument) => placeOfAlarms(pauseAudioSchema.safeParse(argument)),
  },
};

function placeOfAlarms(parsed: { data?: { patient: string } }): EventPlace | null {
  const patient = parsed.data?.patient;
  if (patient === undefined) return null;
  const ward = wardOfLimitsKey(patient);
  return ward === null ? { patient } : { ward };
}

export function isKnownEvent(event: unknown): event is keyof ClientEvents {
  return typeof event === 'string' && Object.hasOwn(EVENT_ACCESS, event);
}

export function placeOfRoom(argument: unknown): EventPlace | null {
  const room = parseRoom(argument);
  if (room === null) return null;
  const [kind, id = ''] = room.split('/');
  return kind === 'ward' ? { ward: id } : { patient: id };
}
