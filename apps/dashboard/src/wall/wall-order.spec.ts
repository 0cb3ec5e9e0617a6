import { describe, expect, it } from '@jest/globals';
import { admission, patientState } from '../station/patient-state.fixture.js';
import { placesOf } from './wall-order.js';

const lying = (patient: string, bed: string | null, label = patient) =>
  patientState({ patient, admission: admission({ bed, label }) });
const keys = (beds: string[], ...states: ReturnType<typeof lying>[]) =>
  placesOf(beds, states).map(({ key }) => key);

describe('the places of the wall', () => {
  it('are the beds in the order of the ward, free ones too', () => {
    expect(keys(['W', '2', '10'], lying('a', '10'), lying('b', 'W'))).toEqual(['b', 'bed 2', 'a']);
  });

  it('stay where they are when somebody comes or goes', () => {
    const beds = ['1', '2', '3'];
    const before = placesOf(beds, [lying('a', '3')]);
    const after = placesOf(beds, [lying('b', '1'), lying('a', '3')]);
    expect(before.findIndex(({ key }) => key === 'a')).toBe(2);
    expect(after.findIndex(({ key }) => key === 'a')).toBe(2);
  });

  it('have who lies in no listed bed at the end, by bed, then by label, numbers by value', () => {
    const others = [
      patientState({ patient: 'left', admission: null }),
      lying('p1', null, 'W-10'),
      lying('p2', null, 'W-2'),
      lying('p3', 'old bed'),
    ];
    expect(keys(['1'], ...others)).toEqual(['bed 1', 'p3', 'p2', 'p1', 'left']);
  });

  it('show both of two who are said to lie in one bed', () => {
    expect(keys(['1'], lying('a', '1'), lying('b', '1'))).toEqual(['a', 'b']);
  });
});
