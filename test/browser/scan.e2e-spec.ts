import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { COMMAND_LINE } from '@app/registry';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { requirement } from '../requirements.js';
import { TestBrowser } from './browser.js';
import { filmCode } from './camera-film.js';
import { look } from './look.js';
import { SimulatedWard, scenarioOf } from './simulated-ward.js';

jest.setTimeout(120_000);

requirement('chromium')('scanning the code on a device', () => {
  const ward = new SimulatedWard();
  const folder = mkdtempSync(join(tmpdir(), 'vigil-film-'));
  let browser: TestBrowser;
  let page: Page;

  /** A nurse's page for admitting, before a camera that sees this text; null: a browser without permission. */
  async function admitting(text: string | null): Promise<void> {
    const film = join(folder, 'camera.y4m');
    filmCode(film, text ?? '');
    browser = await TestBrowser.start([
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
      ...(text === null ? ['--deny-permission-prompts'] : ['--use-fake-ui-for-media-stream']),
    ]);
    ({ page } = await ward.screen(browser));
    await page.goto(new URL('/ward/main/admit', ward.url).href);
    await page.getByRole('textbox', { name: 'Device' }).waitFor();
  }

  const device = () => page.getByRole('textbox', { name: 'Device' }).inputValue();

  beforeAll(async () => {
    const scenario = scenarioOf({ climbing: false });
    await ward.start({ ...scenario, wearables: scenario.wearables.slice(0, 1) });
    await ward.registry(({ devices }) => devices.add(COMMAND_LINE, 'main', 'watch-77'));
  });

  afterAll(async () => {
    await browser?.close();
    await ward.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('asks for the camera after a tap, not before, and fills in the device', async () => {
    await admitting('vigil:device/watch-77');
    const asked = 'globalThis.asked ?? 0';
    await page.evaluate(`const media = navigator.mediaDevices;
      const get = media.getUserMedia.bind(media);
      media.getUserMedia = (wish) => { globalThis.asked = (globalThis.asked ?? 0) + 1; return get(wish); };`);
    expect(await page.evaluate(asked)).toBe(0);
    await page.getByRole('button', { name: 'Scan' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached', timeout: 20_000 });
    expect(await device()).toBe('watch-77');
    expect(await page.evaluate(asked)).toBe(1);
    await browser.close();
  });

  it('does not take a code that is none of ours for a device', async () => {
    await admitting('https://example.org/buy');
    await page.getByRole('button', { name: 'Scan' }).click();
    await page.getByText('That code is not of a Vigil device.').waitFor({ timeout: 20_000 });
    expect(await look(page, 'scan')).toEqual([]);
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await device()).toBe('');
    await browser.close();
  });

  it('says why there is no picture, and leads back to typing', async () => {
    await admitting(null);
    await page.getByRole('button', { name: 'Scan' }).click();
    await page.getByText(/^The browser may not use the camera here\./).waitFor();
    expect(await look(page, 'no-camera')).toEqual([]);
    await page.getByRole('button', { name: 'Type the name' }).click();
    await page.getByRole('textbox', { name: 'Device' }).fill('watch-77');
    await page.getByRole('button', { name: 'watch-77', pressed: true }).waitFor();
  });
});
