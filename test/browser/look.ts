import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { axeViolations } from './browser.js';

const SIZES = [
  { name: 'desktop', width: 1280, height: 800 },
  { name: 'phone', width: 390, height: 844 },
] as const;

/** Everything that a finger has to hit, and is smaller than 44 px: a box by its label, a tile's link by its tile. */
const SMALL_TARGETS = `[...document.querySelectorAll('button, a:not(.skip), select, input:not([type=hidden])')]
  .map((target) => [target, (target.matches('.tile-name') ? target.closest('.tile')
    : target.matches('[type=checkbox], [type=radio]') ? target.closest('label') : target).getBoundingClientRect()])
  .filter(([target, box]) => box.width > 0 && !target.closest('p, span, dd, td') && (box.width < 44 || box.height < 44))
  .map(([target]) => 'small target: ' + target.outerHTML)`;

const SIDEWAYS = `document.documentElement.scrollWidth > innerWidth
  ? ['scrolls sideways: ' + document.documentElement.scrollWidth] : []`;

/**
 * Looks at the page as it is on a desk and on a phone, and leaves it as on a desk. With VIGIL_SCREENSHOTS pictures go into that
 * folder.
 * @returns what is wrong for axe, for fingers, or for the width; empty when nothing is.
 */
export async function look(page: Page, name: string): Promise<string[]> {
  const folder = process.env['VIGIL_SCREENSHOTS'];
  const problems: string[] = [];
  for (const { name: size, width, height } of [...SIZES, SIZES[0]]) {
    await page.setViewportSize({ width, height });
    const found = [
      ...(await axeViolations(page)),
      ...(await page.evaluate<string[]>(SMALL_TARGETS)),
      ...(await page.evaluate<string[]>(SIDEWAYS)),
    ];
    problems.push(...found.map((problem) => `${name} on a ${size}: ${problem}`));
    if (folder === undefined) continue;
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}-${size}.png`), fullPage: true });
  }
  return [...new Set(problems)];
}
