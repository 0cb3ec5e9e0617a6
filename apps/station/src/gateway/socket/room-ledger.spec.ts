import { describe, expect, it } from '@jest/globals';
import type { PatientState } from '@app/contracts';
import { RoomLedger } from './room-ledger.js';

const state = (patient: string): PatientState => ({
  patient,
  origin: 'live',
  device: 'watch',
  connected: true,
  connectedSinceMs: 0,
  lastDataMs: null,
  vital: null,
  limits: null,
  alarms: [],
});
const brief = (ledger: RoomLedger) =>
  ledger
    .takeUpdates(1, state)
    .map(({ room, sequence, patients }) => [
      room,
      sequence,
      patients.map(({ patient }) => patient),
    ]);

describe('RoomLedger', () => {
  it('numbers updates one by one per room, with the patients that changed', () => {
    const ledger = new RoomLedger();
    ledger.snapshot('ward', 0, () => []);
    ledger.snapshot('patient/p1', 0, () => []);
    ledger.change('p1');
    ledger.change('p2');
    ledger.change('p1');
    expect(brief(ledger)).toEqual([
      ['ward', 1, ['p1', 'p2']],
      ['patient/p1', 1, ['p1']],
    ]);
    ledger.change('p2');
    expect(brief(ledger)).toEqual([['ward', 2, ['p2']]]);
    expect(brief(ledger)).toEqual([]);
    expect(ledger.snapshot('ward', 5, () => [state('p1')])).toEqual({
      room: 'ward',
      sequence: 2,
      serverMs: 5,
      patients: [state('p1')],
    });
  });

  it('does not number what nobody watches', () => {
    const ledger = new RoomLedger();
    ledger.change('p1');
    expect(brief(ledger)).toEqual([]);
    ledger.snapshot('ward', 0, () => []);
    ledger.close('ward');
    ledger.change('p1');
    expect(brief(ledger)).toEqual([]);
  });

  it('leaves out a patient that has no state any more', () => {
    const ledger = new RoomLedger();
    ledger.snapshot('ward', 0, () => []);
    ledger.change('p1');
    expect(ledger.takeUpdates(1, () => null)).toEqual([]);
  });
});
