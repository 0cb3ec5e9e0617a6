import { type Browser, type BrowserContextOptions, type Page, chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { kill } from 'node:process';
import { CHROMIUM } from '../requirements.js';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A page, and everything that its console complained of. */
export interface Screen {
  page: Page;
  complaints: string[];
}

/** Chromium with a profile of its own. */
export class TestBrowser {
  private constructor(private readonly browser: Browser) {}

  /** @param flags beside those that every test needs */
  static async start(flags: readonly string[] = []): Promise<TestBrowser> {
    const args = [...FLAGS, ...flags];
    return new TestBrowser(await chromium.launch({ executablePath: CHROMIUM, args }));
  }

  /** A screen with a memory of its own, as on another machine. */
  async screen(options: BrowserContextOptions = {}): Promise<Screen> {
    const context = await this.browser.newContext({
      viewport: { width: 1440, height: 900 },
      ...options,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        complaints.push(message.text());
    });
    return { page, complaints };
  }

  /** Id of the process that runs a page: the one without which the page does not answer. Chromium does not tell. */
  async processOf(page: Page): Promise<number> {
    const session = await this.browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    await session.detach();
    for (const { id } of processInfo.filter(({ type }) => type === 'renderer')) {
      kill(id, 'SIGSTOP');
      const answer = page.evaluate('true');
      const answers = await Promise.race([answer, sleep(2000).then(() => false)]);
      kill(id, 'SIGCONT');
      await answer;
      if (!answers) return id;
    }
    throw new Error('no process runs this page');
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

export async function sleep(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Stops every flash in its bright phase, so that no colour changes while it is looked at, and lets all run on in one phase again. */
const HOLDING_FLASHES = (look: string) => `(async () => {
  const flashes = document.getAnimations().filter(({ animationName }) => animationName?.startsWith('flash-'));
  for (const flash of flashes) { flash.pause(); flash.currentTime = 0; }
  try { return await ${look}; } finally {
    for (const flash of flashes) { flash.play(); flash.startTime = 0; }
  }
})()`;

/** What axe finds wrong on the page: `rule: element, element`. Empty when it is clean. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const look = `axe.run().then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target).join(', ')))`;
  return page.evaluate<string[]>(HOLDING_FLASHES(look));
}

/** Waits until it is so, looking every 100 ms. @returns how long it took, ms. */
export async function until(
  what: string,
  withinMs: number,
  isSo: () => Promise<boolean>,
): Promise<number> {
  const startMs = performance.now();
  while (!(await isSo())) {
    if (performance.now() - startMs > withinMs)
      throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return performance.now() - startMs;
}
