import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AlarmEvent, PatientState, Room, StrayDevice } from '@app/contracts';
import { RoomLedger, type RoomSource } from './room-ledger.js';

function state(patient: string, ward: string): PatientState {
  return {
    patient,
    origin: 'live',
    admission: { ward, bed: null, label: patient, admittedMs: 0, offWard: null, devices: [] },
    device: 'watch',
    connected: true,
    connectedSinceMs: 0,
    lastDataMs: null,
    vital: null,
    backlog: null,
    limits: null,
    limitsOf: null,
    movedHigh: null,
    alarms: [],
    audioPause: null,
    escalation: 'bedside',
  };
}

const STRAY: StrayDevice = {
  device: 'lost',
  origin: 'live',
  connected: true,
  lastDataMs: null,
  reason: 'not-admitted',
  frames: 1,
};

/** Patients by ward, changed at will. */
class Wards implements RoomSource {
  readonly wards = new Map<string, string>();
  readonly lost = new Map<string, StrayDevice[]>();
  readonly own = new Map<string, ReturnType<RoomSource['wardAlarms']>>();

  title(room: Room): string {
    return `title of ${room}`;
  }
  patients(room: Room): PatientState[] {
    return [...this.wards.keys()].flatMap((patient) => this.patient(room, patient) ?? []);
  }
  patient(room: Room, patient: string): PatientState | null {
    const ward = this.wards.get(patient);
    if (ward === undefined) return null;
    return [`ward/${ward}`, `patient/${patient}`].includes(room) ? state(patient, ward) : null;
  }
  strays(room: Room): StrayDevice[] {
    return this.lost.get(room) ?? [];
  }
  wardAlarms(room: Room) {
    return this.own.get(room) ?? { alarms: [], audioPause: null };
  }
}

let wards: Wards;
let ledger: RoomLedger;
beforeEach(() => {
  wards = new Wards();
  for (const patient of ['p1', 'p2']) wards.wards.set(patient, 'a');
  ledger = new RoomLedger(wards);
});

function brief() {
  return ledger
    .takeUpdates(1)
    .map(({ room, sequence, patients, gone }) => [
      room,
      sequence,
      patients.map(({ patient }) => patient),
      gone,
    ]);
}

describe('RoomLedger', () => {
  it('numbers updates one by one per room, with the patients that changed', () => {
    ledger.snapshot('ward/a', 0);
    ledger.snapshot('patient/p1', 0);
    for (const patient of ['p1', 'p2', 'p1']) ledger.change(patient);
    expect(brief()).toEqual([
      ['ward/a', 1, ['p1', 'p2'], []],
      ['patient/p1', 1, ['p1'], []],
    ]);
    ledger.change('p2');
    expect(brief()).toEqual([['ward/a', 2, ['p2'], []]]);
    expect(brief()).toEqual([]);
    expect(ledger.snapshot('ward/a', 5)).toEqual({
      room: 'ward/a',
      sequence: 2,
      serverMs: 5,
      title: 'title of ward/a',
      patients: [state('p1', 'a'), state('p2', 'a')],
      strays: [],
      wardAlarms: [],
      wardAudioPause: null,
    });
  });

  it('takes a patient away from the ward that was left, and brings it to the other', () => {
    ledger.snapshot('ward/a', 0);
    ledger.snapshot('ward/b', 0);
    ledger.snapshot('patient/p1', 0);
    wards.wards.set('p1', 'b');
    ledger.change('p1');
    // somebody who comes in between must not cost the others their update
    expect(ledger.snapshot('ward/a', 0).patients.map(({ patient }) => patient)).toEqual(['p2']);
    expect(brief()).toEqual([
      ['ward/a', 1, [], ['p1']],
      ['ward/b', 1, ['p1'], []],
      ['patient/p1', 1, ['p1'], []],
    ]);
    ledger.change('p1');
    expect(brief().map(([room]) => room)).toEqual(['ward/b', 'patient/p1']);
    wards.wards.set('p1', 'a');
    ledger.change('p1');
    expect(brief().slice(0, 2)).toEqual([
      ['ward/a', 2, ['p1'], []],
      ['ward/b', 3, [], ['p1']],
    ]);
  });

  it('sends all devices of nobody’s when one has changed, only to their ward', () => {
    ledger.snapshot('ward/a', 0);
    ledger.snapshot('ward/b', 0);
    wards.lost.set('ward/a', [STRAY]);
    expect(ledger.snapshot('ward/a', 0).strays).toEqual([STRAY]);
    expect(ledger.takeUpdates(1)).toMatchObject([{ room: 'ward/a', strays: [STRAY] }]);
    ledger.change('p1');
    expect(ledger.takeUpdates(1)).toMatchObject([{ room: 'ward/a', strays: null }]);
    wards.lost.delete('ward/a');
    expect(ledger.takeUpdates(1)).toMatchObject([{ sequence: 3, patients: [], strays: [] }]);
  });

  it('does not number what nobody watches', () => {
    ledger.change('p1');
    expect(brief()).toEqual([]);
    ledger.snapshot('ward/a', 0);
    ledger.close('ward/a');
    ledger.change('p1');
    expect(brief()).toEqual([]);
  });

  it("says when a ward's own alarms, or their sound, have changed", () => {
    const alarm = { alarmId: 'a-1' } as AlarmEvent;
    ledger.snapshot('ward/a', 1);
    ledger.snapshot('patient/p1', 1);
    wards.own.set('ward/a', { alarms: [alarm], audioPause: null });
    expect(ledger.takeUpdates(2)).toMatchObject([
      { room: 'ward/a', sequence: 1, wardAlarms: [alarm], wardAudioPause: null },
    ]);
    const audioPause = { untilMs: 9, by: 'Noor' };
    wards.own.set('ward/a', { alarms: [alarm], audioPause });
    expect(ledger.takeUpdates(3)).toMatchObject([
      { room: 'ward/a', sequence: 2, wardAlarms: [alarm], wardAudioPause: audioPause },
    ]);
    ledger.change('p1');
    expect(ledger.takeUpdates(4)).toMatchObject([
      { room: 'ward/a', sequence: 3, wardAlarms: null, wardAudioPause: audioPause },
      { room: 'patient/p1', sequence: 1, wardAlarms: null, wardAudioPause: null },
    ]);
  });
});
