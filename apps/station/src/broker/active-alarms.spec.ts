import { describe, expect, it } from '@jest/globals';
import type { AlarmEvent } from '@app/contracts';
import { ActiveAlarms } from './active-alarms.js';

const event = (
  alarmId: string,
  change: AlarmEvent['change'],
  signal: AlarmEvent['signal'],
): AlarmEvent => ({
  type: 'alarm',
  id: `${alarmId}-${change}`,
  alarmId,
  patient: 'p',
  origin: 'live',
  rule: 'no-data',
  kind: 'technical',
  priority: 'medium',
  condition: 'present',
  signal,
  change,
  atMs: 1,
  sinceMs: 1,
  text: 'no data for 15 s',
  valueBpm: null,
  lowBpm: null,
  highBpm: null,
  limitBpm: null,
  quality: null,
  model: null,
  acknowledgedBy: null,
  note: null,
});

describe('ActiveAlarms', () => {
  it('keeps the last event of each alarm until it ends, over a restart too', () => {
    const alarms = new ActiveAlarms();
    alarms.note(event('a', 'raised', 'on'));
    alarms.note(event('b', 'raised', 'on'));
    alarms.note(event('a', 'acknowledged', 'ack'));
    alarms.note(event('b', 'ended', 'off'));
    expect(alarms.of('p').map(({ id }) => id)).toEqual(['a-acknowledged']);
    const restored = new ActiveAlarms();
    restored.restore(alarms.save('p')!);
    expect(restored.of('p')).toEqual(alarms.of('p'));
    restored.note(event('a', 'ended', 'off'));
    expect(restored.save('p')).toBeNull();
    expect(restored.of('q')).toEqual([]);
  });
});
