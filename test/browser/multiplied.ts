import type { PatientState } from '@app/contracts';
import type { Page } from 'playwright-core';

/** The page gets other patients than its station tells of. @param states what it gets in place of one of them */
export async function rewritten(
  page: Page,
  states: (state: PatientState) => PatientState[],
): Promise<void> {
  await page.routeWebSocket(/socket\.io/, (client) => {
    client.connectToServer().onMessage((message) => client.send(changed(String(message), states)));
  });
}

/** The page gets every patient of its ward several times, under other names, until there are so many: a full wall from a small ward. */
export async function multiplied(page: Page, places: number): Promise<void> {
  await rewritten(page, (state) => copiesOf(state, places));
}

/** A packet of socket.io: a kind and a number, then JSON. */
const PACKET = /^(4[23]\d*)(\[.*\])$/s;

function changed(packet: string, states: (state: PatientState) => PatientState[]): string {
  const [, kind, text] = PACKET.exec(packet) ?? [];
  if (kind === undefined || text === undefined) return packet;
  const parts = (JSON.parse(text) as unknown[]).map((part) =>
    hasPatients(part) ? { ...part, patients: part.patients.flatMap(states) } : part,
  );
  return kind + JSON.stringify(parts);
}

function hasPatients(part: unknown): part is { patients: PatientState[] } {
  return typeof part === 'object' && part !== null && 'patients' in part;
}

/** Of twelve patients whose names end in 01 to 12: whoever comes first in the ward has one copy more than the last. */
export function copiesOf(state: PatientState, places: number): PatientState[] {
  const { patient, admission, alarms } = state;
  const index = Number(patient.slice(2)) - 1;
  const count = Math.floor(places / 12) + (index < places % 12 ? 1 : 0);
  const others = Array.from({ length: count - 1 }, (_, i) => ({
    ...state,
    patient: `${patient}-${i}`,
    admission:
      admission === null ? null : { ...admission, bed: null, label: `${admission.label}-${i}` },
    alarms: alarms.map((alarm) => ({
      ...alarm,
      patient: `${patient}-${i}`,
      alarmId: `${alarm.alarmId}-${i}`,
    })),
  }));
  return [state, ...others];
}
