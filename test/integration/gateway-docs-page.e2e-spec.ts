import { expect, it } from '@jest/globals';
import { chromium } from 'playwright-core';
import { CHROMIUM, requirement } from '../requirements.js';
import { makeFolder, removeFolder, startGateway } from './gateway-app.js';

requirement('chromium')('the API’s page', () => {
  it('shows every route in a browser, under its own strict policy, with nothing from elsewhere', async () => {
    const folder = makeFolder();
    const gateway = await startGateway(folder);
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    try {
      const context = await browser.newContext({ extraHTTPHeaders: gateway.headers });
      const page = await context.newPage();
      const complaints: string[] = [];
      const elsewhere: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('request', (request) => {
        if (!request.url().startsWith(gateway.url) && !request.url().startsWith('data:')) {
          elsewhere.push(request.url());
        }
      });
      await page.goto(`${gateway.url}/api/docs`);
      await page.getByText('/api/patients/{patient}/waveform').waitFor();
      const document = await (await gateway.get('/api/docs-json')).json();
      const operations = Object.values(document.paths as Record<string, object>).flatMap(
        Object.keys,
      );
      expect(operations.length).toBeGreaterThan(40);
      expect(await page.locator('.opblock').count()).toBe(operations.length);
      expect(complaints).toEqual([]);
      expect(elsewhere).toEqual([]);
    } finally {
      await browser.close();
      await gateway.close();
      removeFolder(folder);
    }
  }, 60_000);
});
