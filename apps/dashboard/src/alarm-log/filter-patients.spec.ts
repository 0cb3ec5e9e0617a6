import { expect, it } from '@jest/globals';
import { filterPatients } from './filter-patients.js';

it('offers who is on the wall, the ward, and whoever else the log speaks of, once each', () => {
  const wall = [
    { patient: 'P-2', words: '1 · CD' },
    { patient: 'P-1', words: '2 · AB' },
  ];
  expect(filterPatients(wall, 'main', ['P-9', 'P-1', 'ward:main', 'P-9'], 'P-5')).toEqual([
    { patient: 'P-2', words: '1 · CD' },
    { patient: 'P-1', words: '2 · AB' },
    { patient: 'ward:main', words: 'The ward itself' },
    { patient: 'P-5', words: 'P-5' },
    { patient: 'P-9', words: 'P-9' },
  ]);
});
