import { describe, expect, it } from '@jest/globals';
import { ACCESS_LIMITS } from './access-limits.js';
import { KnownBrowsers } from './known-browsers.js';

describe('KnownBrowsers', () => {
  const browsers = new KnownBrowsers();

  it('knows a browser by the names that have signed in there, and by no other', () => {
    const once = browsers.remember(null, 'ada');
    const twice = browsers.remember(once, 'ben');
    expect(browsers.idFor(once, 'ada')).toMatch(/^[\w-]{22}$/);
    expect(browsers.idFor(once, 'ben')).toBeNull();
    expect(browsers.idFor(twice, 'ada')).toBe(browsers.idFor(once, 'ada'));
    expect(browsers.idFor(twice, 'ben')).toBe(browsers.idFor(once, 'ada'));
  });

  it('believes no cookie that it has not made', () => {
    const [id = '', mark = ''] = browsers.remember(null, 'ada').split('.');
    const forged = [
      null,
      '',
      id,
      `${id}.`,
      `${id}.${'a'.repeat(43)}`,
      `${'b'.repeat(22)}.${mark}`,
      `${id}.${mark.slice(0, 42)}`,
      `${id} ${mark}`,
    ];
    for (const cookie of forged)
      expect([cookie, browsers.idFor(cookie, 'ada')]).toEqual([cookie, null]);
    expect(new KnownBrowsers().idFor(`${id}.${mark}`, 'ada')).toBeNull();
  });

  it('keeps the latest names, in a cookie of bounded length', () => {
    let cookie: string | null = null;
    for (let n = 0; n < 30; n++) cookie = browsers.remember(cookie, `nurse ${n}`);
    expect(cookie?.length).toBeLessThanOrEqual(512);
    const known = Array.from(
      { length: 30 },
      (_, n) => browsers.idFor(cookie, `nurse ${n}`) !== null,
    );
    expect(known.filter(Boolean)).toHaveLength(ACCESS_LIMITS.namesPerBrowser);
    expect(known.at(-1)).toBe(true);
  });

  it('gives each browser an id of its own', () => {
    const ids = Array.from({ length: 5 }, () =>
      browsers.idFor(browsers.remember(null, 'ada'), 'ada'),
    );
    expect(new Set(ids).size).toBe(5);
  });
});
