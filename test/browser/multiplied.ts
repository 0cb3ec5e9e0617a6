import type { PatientState } from '@app/contracts';
import type { Page } from 'playwright-core';

/** The page gets every patient of its ward several times, under other names, until there are so many: a full wall from a small ward. */
export async function multiplied(page: Page, places: number): Promise<void> {
  await page.routeWebSocket(/socket\.io/, (client) => {
    client.connectToServer().onMessage((message) => client.send(copied(String(message), places)));
  });
}

/** A packet of socket.io: a kind and a number, then JSON. */
const PACKET = /^(4[23]\d*)(\[.*\])$/s;

function copied(packet: string, places: number): string {
  const [, kind, text] = PACKET.exec(packet) ?? [];
  if (kind === undefined || text === undefined) return packet;
  const parts = (JSON.parse(text) as unknown[]).map((part) =>
    hasPatients(part)
      ? { ...part, patients: part.patients.flatMap((state) => copiesOf(state, places)) }
      : part,
  );
  return kind + JSON.stringify(parts);
}

function hasPatients(part: unknown): part is { patients: PatientState[] } {
  return typeof part === 'object' && part !== null && 'patients' in part;
}

/** Of twelve patients named `P-01` to `P-12`: whoever comes first in the ward has one copy more than the last. */
function copiesOf(state: PatientState, places: number): PatientState[] {
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
