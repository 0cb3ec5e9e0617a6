import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { scenarioSchema } from '@app/ward';
import { requirement } from '../requirements.js';
import { type Screen, TestBrowser, axeViolations, until } from './browser.js';
import { SimulatedWard } from './simulated-ward.js';

jest.setTimeout(120_000);

const scenario = scenarioSchema.parse({
  wearables: [
    {
      device: 'watch-1',
      patient: 'P-01',
      timeline: [{ atSeconds: 0, activity: 'walking', heartRateBpm: 100 }],
    },
  ],
});

requirement('chromium')('why a number, on the page of its patient', () => {
  const ward = new SimulatedWard();
  let browser: TestBrowser;
  let screen: Screen;

  beforeAll(async () => {
    browser = await TestBrowser.start();
    await ward.start(scenario);
    screen = await ward.screen(browser, { colorScheme: 'light' });
    await screen.page.goto(ward.address('P-01'));
    await until('a number', 60_000, async () =>
      /^\d+$/.test(await screen.page.locator('.patient-now [data-testid=bpm]').innerText()),
    );
  });

  afterAll(async () => {
    await browser?.close();
    await ward.stop();
  });

  const why = () => screen.page.locator('[aria-labelledby=why]');

  it('is computed when somebody asks, and said in words', async () => {
    expect(await why().locator('.why').count()).toBe(0);
    await why().getByRole('button', { name: 'Explain this number' }).click();
    await why().locator('.why').waitFor();
    expect(await why().locator('.why-words').innerText()).toMatch(
      /^Before these 8 seconds, \d+ to \d+ BPM was expected\. The 8 seconds alone say \d+ to \d+\. Together that makes \d+ \(\d+ to \d+\)\./,
    );
    expect(await why().locator('.rate-row').count()).toBe(6);
    expect(await why().locator('.part-effect').first().innerText()).toMatch(
      /^\d+ becomes \d+ BPM$|^stays \d+ BPM$/,
    );
  });

  it('marks the pulse in the curves where the axis has it', async () => {
    const words = await why().locator('.why-words').innerText();
    const bpm = Number(/makes (\d+)/.exec(words)?.[1]);
    const box = async (selector: string) => (await why().locator(selector).first().boundingBox())!;
    const [mark, plot] = [await box('.rate-mark[data-mark=pulse]'), await box('.rate-rows-plot')];
    const share = (mark.x + mark.width / 2 - plot.x) / plot.width;
    expect(Math.abs(30 + 190 * share - bpm)).toBeLessThan(2);
  });

  it('steps to the windows beside it', async () => {
    const when = () => why().getByRole('status').innerText();
    const before = await when();
    await why().getByRole('button', { name: '2 s earlier' }).click();
    await until('another window', 5000, async () => {
      const now = await when();
      return now !== before && now.startsWith('8 s up to');
    });
  });

  it('is clean for axe with all parts open, and breaks no rule of the page', async () => {
    await why().locator('summary').click();
    expect(await axeViolations(screen.page)).toEqual([]);
    expect(screen.complaints).toEqual([]);
  });

  it('fits a phone', async () => {
    await screen.page.setViewportSize({ width: 375, height: 800 });
    // charts are drawn anew for the width a frame after it changed
    await screen.page.waitForFunction('document.documentElement.scrollWidth === 375');
    const panel = (await why().boundingBox())!;
    for (const button of await why().getByRole('button').all()) {
      const box = (await button.boundingBox())!;
      expect(box.x + box.width).toBeLessThanOrEqual(panel.x + panel.width);
      expect(box.height).toBeGreaterThanOrEqual(44);
    }
  });

  it('says why there is no explanation', async () => {
    await screen.page.route('**/explanation?*', (route) =>
      route.fulfill({ status: 503, json: { message: 'the explainer is away' } }),
    );
    await why().getByRole('button', { name: 'Explain the latest' }).click();
    await why().getByText('No explanation: the explainer is away.').waitFor();
  });
});
