/**
 * Pictures for the documents, of a running station: `node test/browser/pictures.mjs http://127.0.0.1:8080 P-08`
 * writes docs/images/wall.png and docs/images/patient.png (of the named patient).
 */
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';

const [url = 'http://127.0.0.1:8080', patient = 'P-08', folder = 'docs/images'] =
  process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.VIGIL_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'],
});
const page = await browser.newPage({
  viewport: { width: 1440, height: 900 },
  deviceScaleFactor: 1.5,
  colorScheme: 'dark',
});
for (const [name, path] of [
  ['wall', '/'],
  ['patient', `/patients/${patient}`],
]) {
  await page.goto(new URL(path, url).href);
  await page.locator('[data-testid=bpm]').first().waitFor();
  await page.locator('h1').click();
  await page.waitForTimeout(6000);
  // The bright phase of a flash.
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) {
      animation.pause();
      animation.currentTime = 0;
    }
  });
  await page.screenshot({ path: `${folder}/${name}.png` });
}
await browser.close();
