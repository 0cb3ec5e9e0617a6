import { describe, expect, it } from '@jest/globals';
import { brokerFlag, countFlag, defaultBroker, numberFlag, speedFlag } from './number-flag.js';

describe('flags', () => {
  it('take what is within their bounds', () => {
    expect(numberFlag(0, 1)('0.25')).toBe(0.25);
    expect(countFlag(1, 10)('10')).toBe(10);
    expect(speedFlag('max')).toBe(Infinity);
    expect(speedFlag('2.5')).toBe(2.5);
    expect(brokerFlag('mqtt://localhost:1883')).toBe('mqtt://localhost:1883');
  });

  it('look for the broker where the environment puts it', () => {
    expect(defaultBroker({ VIGIL_MQTT_PORT: '2883' })).toBe('mqtt://127.0.0.1:2883');
    for (const environment of [{}, { VIGIL_MQTT_PORT: '0' }, { VIGIL_MQTT_PORT: ' ' }])
      expect(defaultBroker(environment)).toBe('mqtt://127.0.0.1:1883');
  });

  it.each([
    [numberFlag(0, 1), '1.1', 'from 0 to 1'],
    [numberFlag(0, 1), 'NaN', 'from 0 to 1'],
    [numberFlag(0, 1), '', 'from 0 to 1'],
    [countFlag(1, 10), '1.5', 'whole number'],
    [countFlag(1, 10), '0', 'whole number'],
    [speedFlag, 'fast', 'max'],
    [speedFlag, '0', 'max'],
    [brokerFlag, 'localhost:1883', 'mqtt://'],
    [brokerFlag, 'mqtt://', 'mqtt://'],
  ])('%# refuse %j', (flag, text, message) => {
    expect(() => flag(text)).toThrow(message);
  });
});
