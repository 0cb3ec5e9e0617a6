import { describe, expect, it } from '@jest/globals';
import { addressOf, routeOf } from './route.js';

describe('routeOf', () => {
  it('knows wall and patients', () => {
    expect(routeOf('/')).toEqual({ page: 'wall' });
    expect(routeOf('/patients/W-01/')).toEqual({ page: 'patient', patient: 'W-01' });
    expect(routeOf(addressOf('W 1/2'))).toEqual({ page: 'patient', patient: 'W 1/2' });
  });

  it.each(['/patients', '/patients/a/b', '/patients/%zz', '/wall'])('does not know %s', (path) => {
    expect(routeOf(path)).toEqual({ page: 'unknown' });
  });
});
