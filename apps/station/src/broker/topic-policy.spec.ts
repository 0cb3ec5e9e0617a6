import { describe, expect, it } from '@jest/globals';
import { publishable, subscribable } from './topic-policy.js';

describe('topics of a device', () => {
  it('are its own uplinks to publish to', () => {
    for (const channel of ['frames', 'backfill', 'status'])
      expect(publishable('w', `vigil/v1/w/${channel}`)).toBe(channel);
    for (const topic of [
      'vigil/v1/w/vitals',
      'vigil/v1/x/frames',
      'vigil/v1/w/frames/x',
      '$SYS/x',
      'w',
    ])
      expect(publishable('w', topic)).toBeNull();
  });

  it('are its own downlinks to subscribe to, without wildcards', () => {
    for (const channel of ['vitals', 'alarms', 'errors'])
      expect(subscribable('w', `vigil/v1/w/${channel}`)).toBe(channel);
    for (const filter of [
      'vigil/v1/w/frames',
      'vigil/v1/w/status',
      'vigil/v1/x/vitals',
      'vigil/v1/w/+',
      'vigil/v1/w/#',
      'vigil/v1/+/vitals',
      '#',
      '$share/g/vigil/v1/w/vitals',
    ])
      expect(subscribable('w', filter)).toBeNull();
  });
});
