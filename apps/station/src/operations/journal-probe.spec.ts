import { describe, expect, it } from '@jest/globals';
import type { Journal } from '@app/journal';
import { Health } from '../platform/health.js';
import { JournalProbe } from './journal-probe.js';

describe('JournalProbe', () => {
  it('says since when a journal has not answered', async () => {
    let nowMs = 1_000_000;
    let answer: Promise<{ oldest: number; next: number }[]> = Promise.resolve([]);
    const journal = { bounds: () => answer } as Partial<Journal> as Journal;
    const health = new Health();
    const probe = new JournalProbe(journal, { nowMs: () => nowMs }, health);
    expect(health.parts()).toMatchObject([
      { ok: false, message: 'The journal has not answered yet' },
    ]);
    await probe.ask();
    expect(health.parts()).toMatchObject([{ name: 'journal', ok: true, required: true }]);
    answer = new Promise(() => undefined);
    void probe.ask();
    nowMs += 7000;
    expect(health.parts()).toMatchObject([
      { ok: false, message: 'The journal has not answered for 7 s' },
    ]);
  });
});
