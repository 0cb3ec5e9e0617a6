import { describe, expect, it } from '@jest/globals';
import { DEMO_WARD } from '@app/ward';
import { faultFlag, withFaults } from './fault-flag.js';

describe('faultFlag', () => {
  it('reads kind, time and device', () => {
    const flags = faultFlag('nan@5', faultFlag('flat-line@30-60.5:sim-02', []));
    expect(flags).toEqual([
      { fault: { kind: 'flat-line', fromSeconds: 30, toSeconds: 60.5 }, device: 'sim-02' },
      { fault: { kind: 'nan', fromSeconds: 5 }, device: null },
    ]);
  });

  it.each(['', 'flat-line', 'gremlins@1', 'nan@x', 'nan@1-2:a/b'])('refuses %j', (text) => {
    expect(() => faultFlag(text, [])).toThrow('must be like');
  });
});

describe('withFaults', () => {
  it('puts a fault on one device or on all', () => {
    const flags = faultFlag('nan@5', faultFlag('flat-line@30:sim-02', []));
    const kinds = withFaults(DEMO_WARD, flags)
      .wearables.slice(0, 2)
      .map((one) => one.faults.map((fault) => fault.kind));
    expect(kinds).toEqual([['nan'], ['flat-line', 'nan']]);
  });

  it('names a device that is not there', () => {
    expect(() => withFaults(DEMO_WARD, faultFlag('nan@5:sim-99', []))).toThrow('no device sim-99');
  });
});
