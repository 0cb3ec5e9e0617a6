import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { runWard, scenarioSchema } from '@app/ward';
import type { Page } from 'playwright-core';
import { requirement } from '../requirements.js';
import { type Screen, TestBrowser, until } from './browser.js';
import { FirstStart } from './first-start.js';
import { look } from './look.js';

jest.setTimeout(120_000);

const scenario = scenarioSchema.parse({
  wearables: [
    {
      device: 'watch-7',
      patient: 'somebody',
      timeline: [{ atSeconds: 0, activity: 'rest', heartRateBpm: 72 }],
    },
  ],
});

const PASSWORD = 'three blue ward doors';
const tile = (page: Page) => page.locator('.tile', { hasText: '2 · AB' });

/** Goes to a page of the menu. */
async function open(page: Page, words: string): Promise<void> {
  await page.getByRole('button', { name: /^Menu\. Signed in: / }).click();
  const pages = page.getByRole('navigation', { name: 'Pages' });
  await pages.getByRole('link', { name: words, exact: true }).click();
}

/** Chooses the password that a one-time link asks for. */
async function choosePassword(page: Page, password: string): Promise<void> {
  await page.getByLabel('Choose a password').fill(password);
  await page.getByLabel('The same password again').fill(password);
  await page.getByRole('button', { name: 'Set the password and sign in' }).click();
}

requirement('chromium')('from the first start to a patient’s discharge, in a browser', () => {
  let station: FirstStart;
  let browser: TestBrowser;
  let admin: Screen;
  let nurse: Screen;
  /** What is wrong with any page that was looked at. */
  const wrong: string[] = [];
  const complaints: string[] = [];
  const view = async (page: Page, name: string) => void wrong.push(...(await look(page, name)));
  const leave = new AbortController();
  let wearing: Promise<unknown> = Promise.resolve();
  let secret = '';

  beforeAll(async () => {
    [station, browser] = await Promise.all([FirstStart.run(), TestBrowser.start()]);
    admin = await browser.screen({ colorScheme: 'dark' });
    nurse = await browser.screen({ colorScheme: 'light' });
    for (const { page } of [admin, nurse]) page.setDefaultTimeout(25_000);
  });

  afterAll(async () => {
    leave.abort();
    await wearing;
    await browser?.close();
    await station?.stop();
  });

  it('shows nothing to nobody', async () => {
    const { page } = nurse;
    await page.goto(station.address('/ward/main'));
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.locator('.tile').count()).toBe(0);
    expect(await page.locator('input[autocomplete=username]').count()).toBe(1);
    expect(await page.locator('input[autocomplete=current-password]').count()).toBe(1);
    await view(page, 'sign-in');
  });

  it('refuses a wrong password in a sentence, and keeps the name', async () => {
    const { page } = nurse;
    await page.getByLabel('Name').fill('Somebody');
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Name or password is wrong.').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Somebody');
    expect(await page.getByLabel('Password').inputValue()).toBe('');
  });

  it('signs the administrator in by the printed link, with a password of their own', async () => {
    const { page } = admin;
    await page.goto(station.link);
    await page.getByRole('heading', { name: /^Welcome, / }).waitFor();
    await view(page, 'link');
    await choosePassword(page, 'short');
    await page.getByText('5 of at least 10 characters.').waitFor();
    await page.getByLabel('Choose a password').fill(PASSWORD);
    await page.getByLabel('The same password again').fill('something else');
    await page.getByRole('button', { name: 'Set the password and sign in' }).click();
    await page.getByText('The two are not the same.').waitFor();
    await choosePassword(page, PASSWORD);
    await page.getByText('No patients on this ward yet').waitFor();
    expect(new URL(page.url()).pathname).toBe('/ward/main');
    expect(new URL(page.url()).hash).toBe('');
    await view(page, 'empty-ward');
  });

  it('lets a link in once', async () => {
    const { page } = await browser.screen();
    await page.goto(station.link);
    await page.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
    await page.getByRole('button', { name: 'Sign in with a password' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.context().close();
  });

  it('gives the ward its name, its beds and its limits', async () => {
    const { page } = admin;
    await open(page, 'Ward settings');
    await page.getByLabel('Name of the ward').fill('3 East');
    await page.getByRole('button', { name: 'Save name' }).click();
    await page.getByRole('heading', { level: 1, name: '3 East' }).waitFor();
    await page.getByLabel('More beds').fill('1-4, Window');
    await page.getByRole('button', { name: 'Add beds' }).click();
    await page.locator('[data-bed=Window]').waitFor();
    expect(await page.locator('[data-bed] b').allInnerTexts()).toEqual([
      '1',
      '2',
      '3',
      '4',
      'Window',
    ]);
    await page.getByRole('textbox', { name: 'High', exact: true }).fill('30');
    await page.getByText(/must be below “High” 30$/).waitFor();
    await page.getByRole('textbox', { name: 'High', exact: true }).fill('115');
    await page.getByRole('button', { name: 'Save limits' }).click();
    await page.getByText(/^In force: 4\d–115, /).waitFor();
    await view(page, 'ward-settings');
  });

  it('adds a nurse, and shows her link once', async () => {
    const { page } = admin;
    await open(page, 'People');
    await page.getByRole('button', { name: 'Add somebody' }).click();
    await page.getByRole('button', { name: 'Add, and make a link' }).click();
    await page.getByText('What is the name?').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Mia Koch');
    await page.getByRole('radio', { name: /^Charge nurse/ }).check();
    await view(page, 'add-person');
    await page.getByRole('button', { name: 'Add, and make a link' }).click();
    await page.getByRole('heading', { name: 'Hand this to Mia Koch' }).waitFor();
    await view(page, 'people');
  });

  it('signs the nurse in by that link, on another screen', async () => {
    const { page } = nurse;
    await page.goto(await admin.page.locator('.link-text').innerText());
    await page.getByRole('heading', { name: 'Welcome, Mia Koch' }).waitFor();
    await choosePassword(page, PASSWORD);
    await page.getByRole('heading', { level: 1, name: '3 East' }).waitFor();
    await page.getByRole('button', { name: /^Menu/ }).click();
    const pages = await page
      .getByRole('navigation', { name: 'Pages' })
      .getByRole('link')
      .allInnerTexts();
    const expected = ['Wall', 'Admit a patient', 'Devices', 'Ward settings', 'Audit', 'Models'];
    expect(pages).toEqual(expect.arrayContaining(expected));
    expect(pages).not.toContain('People');
    await view(page, 'menu');
    await page.keyboard.press('Escape');
    expect(await page.locator('.free-bed').count()).toBe(5);
  });

  it('adds a device, whose secret is shown once', async () => {
    const { page } = nurse;
    await open(page, 'Devices');
    await page.getByLabel('Name').fill('watch-7');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('img', { name: 'Code that sets up watch-7' }).waitFor();
    secret = await page.locator('.secret dd code').innerText();
    expect(secret.length).toBeGreaterThan(20);
    await view(page, 'devices');
    await page.getByRole('button', { name: 'Done' }).click();
    expect(await page.getByText(secret).count()).toBe(0);
    await page.getByRole('button', { name: 'Label of watch-7' }).click();
    await page.getByRole('img', { name: 'Code of watch-7' }).waitFor();
    await view(page, 'device-label');
    await page.getByRole('button', { name: 'Close' }).click();
  });

  it('shows the device as not admitted while it is nobody’s', async () => {
    const { page } = nurse;
    wearing = runWard({
      url: station.brokerUrl,
      secretOf: () => secret,
      scenario,
      seed: 7,
      bootPrefix: 'registry',
      headStartSeconds: 0,
      signal: leave.signal,
      drainMs: 500,
    });
    await open(page, 'Wall');
    await page.locator('.stray[data-device=watch-7]', { hasText: 'connected' }).waitFor();
    expect(await page.locator('.tile').count()).toBe(0);
    await view(page, 'not-admitted');
  });

  it('admits a patient with it after two identifiers were compared', async () => {
    const { page } = nurse;
    await page.getByRole('link', { name: 'Admit with watch-7' }).click();
    expect(await page.getByRole('textbox', { name: 'Device' }).inputValue()).toBe('watch-7');
    await page.getByRole('button', { name: 'Go on: compare the identity' }).click();
    await page.getByText('Who is it?').waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill('Anna Berg');
    expect(await page.getByLabel('On the wall').inputValue()).toBe('AB');
    await page.getByLabel('Birth date').fill('1950-02-28');
    await page.getByLabel('Hospital number').fill('4711');
    await page.getByRole('combobox', { name: 'Bed' }).selectOption('2');
    await view(page, 'admit');
    await page.getByRole('button', { name: 'Go on: compare the identity' }).click();
    const admit = page.getByRole('button', { name: 'Admit', exact: true });
    expect(await admit.isDisabled()).toBe(true);
    await page.getByLabel('Anna Berg').check();
    await page.getByLabel('born 28 Feb 1950, number 4711').check();
    await view(page, 'compare');
    await admit.click();
    for (const screen of [nurse, admin]) {
      if (screen === admin) await open(admin.page, 'Wall');
      await tile(screen.page).waitFor();
      // A wall is for everybody to see: no name on it.
      expect(await screen.page.getByText('Anna Berg').count()).toBe(0);
    }
    await page.locator('.stray').waitFor({ state: 'detached', timeout: 30_000 });
    await until('her heart rate on both walls', 60_000, async () => {
      const numbers = await Promise.all(
        [nurse, admin].map((screen) => tile(screen.page).locator('[data-testid=bpm]').innerText()),
      );
      return numbers.every((text) => Math.abs(Number(text) - 72) <= 5);
    });
    await view(page, 'wall');
    await view(admin.page, 'wall-dark');
  });

  it('shows her name on her own page only', async () => {
    const { page } = nurse;
    await tile(page).getByRole('link', { name: '2 · AB' }).click();
    await page.getByText('Anna Berg').waitFor();
    await page.getByText('born 28 Feb 1950').waitFor();
    await view(page, 'patient');
  });

  it('gives her limits of her own, held against the rules while they are typed', async () => {
    const { page } = nurse;
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByText(/^4\d–115, extremes/).waitFor();
    await page.getByLabel('The patient’s own').check();
    const high = page.getByRole('textbox', { name: 'High', exact: true });
    const save = page.getByRole('button', { name: 'Save limits' });
    await high.fill('400');
    await page.getByText('Must be at most 220 BPM').waitFor();
    expect(await save.isDisabled()).toBe(true);
    await view(page, 'patient-settings');
    await high.fill('105');
    await save.click();
    await page.getByText(/^Now 4\d–105, /).waitFor();
    for (const screen of [nurse, admin]) {
      if (screen === nurse) await open(page, 'Wall');
      await tile(screen.page).locator('.scale-limit', { hasText: '105' }).waitFor();
    }
  });

  it('lets her leave the ward, and come back', async () => {
    const { page } = nurse;
    await tile(page).getByRole('link', { name: '2 · AB' }).click();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'X-ray' }).click();
    await page.getByRole('button', { name: 'Off ward from now on' }).click();
    await tile(admin.page)
      .getByText(/^X-ray, for \d+ s$/)
      .waitFor();
    await page.getByRole('button', { name: 'Back on the ward' }).waitFor();
    await view(admin.page, 'off-ward');
    await page.getByRole('button', { name: 'Back on the ward' }).click();
    await tile(admin.page).getByText('X-ray').waitFor({ state: 'detached' });
  });

  it('moves her to another bed, where her tile then is', async () => {
    const { page } = nurse;
    await page.getByRole('combobox', { name: 'Bed' }).selectOption('Window');
    await page.getByRole('button', { name: 'Change bed' }).click();
    await admin.page.locator('.tile', { hasText: 'Window · AB' }).waitFor();
    const places = await admin.page.locator('.wall > li').allInnerTexts();
    expect(places.map((text) => text.split('\n')[0])).toEqual([
      '1 free',
      '2 free',
      '3 free',
      '4 free',
      'Window · AB',
    ]);
  });

  it('opens another ward in an emergency, with a reason, for an hour, and says so all the while', async () => {
    await open(admin.page, 'Ward settings');
    await admin.page.getByRole('textbox', { name: 'Name', exact: true }).fill('4 West');
    await admin.page.getByRole('textbox', { name: 'Id' }).fill('4-west');
    await admin.page.getByRole('button', { name: 'Add ward' }).click();
    await admin.page.getByRole('combobox', { name: 'Ward' }).waitFor();
    const { page } = nurse;
    await page.goto(station.address('/ward/4-west'));
    await page.getByText('This ward is not shown to you').waitFor();
    await page.getByRole('button', { name: /^Menu/ }).click();
    await page.getByRole('button', { name: 'Emergency access …' }).click();
    await page.getByRole('dialog').getByRole('combobox', { name: 'Ward' }).selectOption('4 West');
    await page.getByRole('textbox', { name: 'Reason' }).fill('Resuscitation in bed 1');
    await view(page, 'emergency');
    await page.getByRole('button', { name: 'Open the ward' }).click();
    await page
      .getByText(/^Emergency access to 4 West until \d\d:\d\d:\d\d\. All of it is recorded\.$/)
      .waitFor();
    await page.getByRole('heading', { level: 1, name: '4 West' }).waitFor();
    await page.getByText('No patients on this ward yet').waitFor();
    await view(page, 'emergency-open');
    await page.getByRole('combobox', { name: 'Ward' }).selectOption('3 East');
    await page.locator('.tile', { hasText: 'Window · AB' }).getByRole('link').click();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('heading', { name: 'Alarm limits' }).waitFor();
  });

  it('has a wall display that acknowledges and acts for a person, and does not go by a slip', async () => {
    const { page } = admin;
    await open(page, 'People');
    await page.getByRole('button', { name: 'Add somebody' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Wall 3 East');
    await page.getByRole('radio', { name: /^Wall display/ }).check();
    await page.getByRole('checkbox', { name: '3 East' }).check();
    await page.getByRole('button', { name: 'Add, and make a link' }).click();
    await page.getByRole('heading', { name: 'Hand this to Wall 3 East' }).waitFor();
    const link = await page.locator('.link-text').innerText();
    const display = await browser.screen({ colorScheme: 'dark' });
    await display.page.addInitScript(`navigator.wakeLock.request = async (what) => {
      globalThis.awake = what;
      return { release: async () => undefined };
    };`);
    await display.page.goto(link);
    await view(display.page, 'display-link');
    await display.page.getByRole('button', { name: 'Start the wall display' }).click();
    const hers = display.page.locator('.tile', { hasText: 'Window · AB' });
    await hers.waitFor();
    expect(await display.page.getByRole('link', { name: /Admit/ }).count()).toBe(0);
    // An idle wall does not go dark.
    expect(await display.page.evaluate('globalThis.awake')).toBe('screen');
    const high = nurse.page.getByRole('textbox', { name: 'High', exact: true });
    await high.fill('62');
    await nurse.page.getByRole('button', { name: 'Save limits' }).click();
    await hers
      .getByRole('button', { name: /^Acknowledge Window · AB: HR 7\d > 62$/ })
      .click({ timeout: 45_000 });
    await admin.page.getByRole('heading', { name: 'Hand this to Wall 3 East' }).waitFor();
    await hers.getByRole('img', { name: 'Acknowledged by Wall 3 East' }).waitFor();
    await view(display.page, 'display');
    await display.page.getByRole('button', { name: /^Menu/ }).click();
    await display.page.getByRole('button', { name: 'End this wall display …' }).click();
    await display.page.getByRole('button', { name: 'Keep it running' }).click();
    await hers.getByRole('link').click();
    await display.page.getByRole('heading', { name: 'Heart rate' }).waitFor();
    expect(await display.page.getByText('Anna Berg').count()).toBe(0);
    await display.page.locator('.act-as').click();
    await display.page.getByLabel('Name').fill('Mia Koch');
    await display.page.getByLabel('Password').fill(PASSWORD);
    await view(display.page, 'act-as');
    await display.page.getByRole('button', { name: 'Act here' }).click();
    await display.page.getByText(/^Mia Koch acts here, for [12]:\d\d more$/).waitFor();
    await display.page.getByText('Anna Berg').waitFor();
    await view(display.page, 'acting');
    await display.page.getByRole('button', { name: 'Done' }).click();
    await display.page.getByText('Anna Berg').waitFor({ state: 'detached' });
    complaints.push(...display.complaints);
    await display.page.context().close();
  });

  it('takes a right away at once, wherever somebody is signed in', async () => {
    const { page } = admin;
    await page.getByRole('button', { name: 'Change Mia Koch' }).click();
    await page.getByRole('radio', { name: /^Viewer/ }).check();
    await view(page, 'change-person');
    await page.getByRole('button', { name: 'Save' }).click();
    await nurse.page.getByText('may not change anything of this patient').waitFor();
    await page.getByRole('button', { name: 'Change Mia Koch' }).click();
    await page.getByRole('radio', { name: /^Nurse/ }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await nurse.page.getByRole('button', { name: 'Discharge …' }).waitFor();
  });

  it('discharges her: the tile goes from every wall, the history stays', async () => {
    const { page } = nurse;
    const address = page.url().replace('/settings', '');
    await page.getByRole('button', { name: 'Discharge …' }).click();
    await view(page, 'discharge');
    await page.getByRole('button', { name: 'Discharge', exact: true }).click();
    await page.locator('.free-bed').nth(4).waitFor();
    await open(admin.page, 'Wall');
    for (const screen of [nurse, admin]) {
      await screen.page.locator('.tile').waitFor({ state: 'detached' });
      expect(await screen.page.locator('.free-bed').count()).toBe(5);
    }
    await page.locator('.stray[data-device=watch-7]').waitFor();
    await page.goto(address);
    await page.getByText(/^Discharged \d/).waitFor();
    await page.getByRole('img', { name: /^Heart rate of the last 15 min/ }).waitFor();
    await view(page, 'discharged');
  });

  it('has written down who did what, before and after', async () => {
    const { page } = admin;
    await open(page, 'Audit');
    await page.getByRole('combobox', { name: 'Action' }).selectOption('limits.changed');
    await page.getByRole('button', { name: 'Show' }).click();
    const entry = page.locator('.audit-entry', { hasText: 'Mia Koch' });
    await entry.first().waitFor();
    expect(await entry.first().locator('tr', { hasText: 'heart rate high' }).innerText()).toMatch(
      /heart rate high\s+105 BPM\s+62 BPM/,
    );
    await view(page, 'audit');
  });

  it('shows whoever is signed in which models answer, by day and by night', async () => {
    for (const [{ page }, name] of [
      [admin, 'models-night'],
      [nurse, 'models-day'],
    ] as const) {
      await open(page, 'Models');
      const heartRate = page.locator('[data-task=heartRate]');
      await heartRate
        .getByText(/^hr-[a-z]+ \d+\.\d+\.\d+$/)
        .first()
        .waitFor();
      await heartRate.locator('summary', { hasText: 'Results' }).first().click();
      await heartRate.getByText('vigil models rollback heartRate').waitFor();
      await page.getByRole('heading', { name: 'Like in training?' }).waitFor();
      await view(page, name);
    }
    await nurse.page.reload();
    await nurse.page.getByRole('heading', { name: 'Which models answer' }).waitFor();
  });

  it('signs out, and says so on every page from then on', async () => {
    const { page } = nurse;
    await page.goto(station.address('/ward/main'));
    await page.getByRole('button', { name: /^Menu/ }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.locator('.not-live').count()).toBe(0);
    await page.getByLabel('Name').fill('Mia Koch');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: '3 East' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/ward/main');
  });

  it('is a loud loss when a wall is signed out by somebody else', async () => {
    await open(admin.page, 'People');
    await admin.page.getByRole('button', { name: 'Change Mia Koch' }).click();
    await admin.page.getByLabel('May sign in').uncheck();
    await admin.page.getByRole('button', { name: 'Save' }).click();
    await nurse.page.getByText('NOT LIVE — signed out').waitFor();
    expect(await nurse.page.title()).toBe('NOT LIVE – Vigil');
    await view(nurse.page, 'signed-out');
  });

  it('was clean for axe, fingers and widths on every page, on a desk and on a phone', () => {
    expect(wrong).toEqual([]);
  });

  it('has complained of nothing but the refusals', () => {
    complaints.push(...admin.complaints, ...nurse.complaints);
    expect(complaints.filter((text) => !/status of 40[134]/.test(text))).toEqual([]);
  });
});
