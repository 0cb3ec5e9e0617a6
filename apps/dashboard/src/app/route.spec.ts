import { describe, expect, it } from '@jest/globals';
import { addresses, routeOf } from './route.js';

const pathOf = (address: string) => new URL(address, 'http://vigil').pathname;

describe('routeOf', () => {
  it('knows every address that it gives out', () => {
    expect(routeOf(addresses.home)).toEqual({ page: 'home' });
    expect(routeOf(addresses.signIn)).toEqual({ page: 'sign-in' });
    expect(routeOf(addresses.people)).toEqual({ page: 'people' });
    expect(routeOf(addresses.audit)).toEqual({ page: 'audit' });
    expect(routeOf(addresses.models)).toEqual({ page: 'models' });
    expect(routeOf(addresses.wall('3b'))).toEqual({ page: 'wall', ward: '3b' });
    expect(routeOf(addresses.devices('3b'))).toEqual({ page: 'devices', ward: '3b' });
    expect(routeOf(addresses.alarmLog('3b'))).toEqual({ page: 'alarm-log', ward: '3b' });
    const moment = new URL(addresses.patientAt('P-1', 42, 'a:1'), 'http://vigil');
    expect(routeOf(moment.pathname)).toEqual({ page: 'patient', patient: 'P-1' });
    expect(Object.fromEntries(moment.searchParams)).toEqual({ at: '42', alarm: 'a:1' });
    expect(routeOf(addresses.wardSettings('3b'))).toEqual({ page: 'ward-settings', ward: '3b' });
    expect(routeOf(addresses.patientSettings('P-1'))).toEqual({
      page: 'patient-settings',
      patient: 'P-1',
    });
  });

  it('keeps names whole, whatever is in them', () => {
    expect(routeOf('/patients/W-01/')).toEqual({ page: 'patient', patient: 'W-01' });
    expect(routeOf(addresses.patient('W 1/2'))).toEqual({ page: 'patient', patient: 'W 1/2' });
    const address = addresses.admit('3 b', { device: 'watch 1&2' });
    expect(routeOf(pathOf(address))).toEqual({ page: 'admit', ward: '3 b' });
    expect(new URL(address, 'http://vigil').searchParams.get('device')).toBe('watch 1&2');
  });

  it.each([
    '/patients',
    '/patients/a/b',
    '/patients/%zz',
    '/wall',
    '/ward',
    '/ward/a/b',
    '/audit/1',
  ])('does not know %s', (path) => {
    expect(routeOf(path)).toEqual({ page: 'unknown' });
  });
});
