/**
 * Pictures for the documents, of a running station: `npx node test/browser/pictures.mjs <sign-in link> P-08`, with a link of
 * `vigil people link`, writes docs/images/wall.png and docs/images/patient.png (of the named patient).
 */
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';

const [link, patient = 'P-08', folder = 'docs/images'] = process.argv.slice(2);
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
await page.goto(link);
for (const label of ['Choose a password', 'The same password again']) {
  await page.getByLabel(label).fill('three-quiet-boats');
}
await page.getByRole('button', { name: 'Set the password and sign in' }).click();
await page.locator('.tile').first().waitFor();
for (const [name, path] of [
  ['wall', '/'],
  ['patient', `/patients/${patient}`],
]) {
  await page.goto(new URL(path, link).href);
  await page.locator('[data-testid=bpm]').first().waitFor();
  await page.locator('h1').click();
  if (name === 'wall') for (const i of [1, 6]) await page.locator('.signal-button').nth(i).click();
  await page.waitForTimeout(8000);
  await page.mouse.move(0, 0);
  await page.locator('.life[data-state=live]').waitFor();
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
