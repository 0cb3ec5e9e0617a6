import { describe, expect, it } from '@jest/globals';
import { AnsweredWindows } from './answered-windows.js';

describe('AnsweredWindows', () => {
  it('tells the windows that still need an answer', () => {
    const answered = new AnsweredWindows();
    for (const window of [0, 1, 2, 6, 7]) answered.add(window);
    const restored = new AnsweredWindows(structuredClone(answered.save()));
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8].filter((window) => !restored.has(window))).toEqual([
      3, 4, 5, 8,
    ]);
  });

  it('never lets a window be answered twice, even when it must forget holes', () => {
    const answered = new AnsweredWindows();
    for (let window = 0; window < 4_000; window += 2) answered.add(window);
    expect(answered.save().length).toBeLessThanOrEqual(1024);
    for (let window = 0; window < 4_000; window += 2) expect(answered.has(window)).toBe(true);
    expect(answered.has(1)).toBe(true);
    expect(answered.has(3_997)).toBe(false);
  });
});
