import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { framed } from './framed.js';

/** A store, and a screen whose frames are drawn by hand. */
function world() {
  const told = new Set<() => void>();
  const frames = new Map<number, () => void>();
  let count = 0;
  const screen = { hidden: false };
  Object.assign(globalThis, {
    document: screen,
    requestAnimationFrame: (draw: () => void) => {
      frames.set(++count, draw);
      return count;
    },
    cancelAnimationFrame: (request: number) => frames.delete(request),
  });
  return {
    screen,
    listeners: told,
    subscribe: (listener: () => void) => {
      told.add(listener);
      return () => told.delete(listener);
    },
    message: () => told.forEach((tell) => tell()),
    frame: () => {
      const due = [...frames.values()];
      frames.clear();
      for (const draw of due) draw();
    },
  };
}

describe('a subscription by frames', () => {
  const names = ['document', 'requestAnimationFrame', 'cancelAnimationFrame'];
  const before = new Map<string, unknown>();
  beforeEach(() => names.forEach((name) => before.set(name, Reflect.get(globalThis, name))));
  afterEach(() => names.forEach((name) => Reflect.set(globalThis, name, before.get(name))));

  it('tells everybody once per frame, whatever came between', () => {
    const { subscribe, message, frame } = world();
    let [first, second] = [0, 0];
    framed(subscribe)(() => first++);
    framed(subscribe)(() => second++);
    message();
    message();
    expect([first, second]).toEqual([0, 0]);
    frame();
    expect([first, second]).toEqual([1, 1]);
    frame();
    expect([first, second]).toEqual([1, 1]);
    message();
    frame();
    expect([first, second]).toEqual([2, 2]);
  });

  it('tells at once while nobody sees the page, also what came just before', () => {
    const { subscribe, message, frame, screen } = world();
    let count = 0;
    framed(subscribe)(() => count++);
    message();
    screen.hidden = true;
    message();
    expect(count).toBe(1);
    frame();
    expect(count).toBe(1);
  });

  it('leaves the store with its last listener', () => {
    const { subscribe, listeners, message, frame } = world();
    let count = 0;
    const leave = framed(subscribe)(() => count++);
    const other = framed(subscribe)(() => count++);
    expect(listeners.size).toBe(1);
    message();
    leave();
    other();
    frame();
    expect([count, listeners.size]).toEqual([0, 0]);
  });
});
