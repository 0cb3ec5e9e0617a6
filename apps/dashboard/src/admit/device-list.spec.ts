import { describe, expect, it } from '@jest/globals';
import type { DeviceInfo, StrayDevice } from '@app/contracts';
import { deviceNote, freeDevices } from './device-list.js';

const device = (name: string, patient: string | null = null): DeviceInfo => ({
  device: name,
  origin: 'live',
  ward: 'main',
  addedMs: 0,
  patient,
});
const stray = (name: string, connected = true): StrayDevice => ({
  device: name,
  origin: 'live',
  connected,
  lastDataMs: 0,
  reason: 'not-admitted',
  frames: 1,
});

describe('devices to choose from', () => {
  it('are free, those that send first, then by number', () => {
    const devices = [device('w-10'), device('w-2'), device('w-3', 'p'), device('w-11')];
    expect(freeDevices(devices, [stray('w-11'), stray('w-2', false)])).toEqual([
      { device: 'w-11', sending: true },
      { device: 'w-2', sending: false },
      { device: 'w-10', sending: false },
    ]);
  });

  it('are told about when they are not free, or not here', () => {
    const devices = [device('w-2'), device('w-3', 'p')];
    const whose = () => '4 · AB';
    expect(deviceNote('w-2', devices, whose)).toBeNull();
    expect(deviceNote('', devices, whose)).toBeNull();
    expect(deviceNote('w-3', devices, whose)?.words).toBe(
      'Worn by 4 · AB until now: it will be taken off there from this moment on.',
    );
    expect(deviceNote('w-9', devices, whose)).toEqual({
      kind: 'unknown',
      words: 'This ward has no device w-9.',
    });
  });
});
