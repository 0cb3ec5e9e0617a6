import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { scenarioSchema } from '@app/ward';
import { requirement } from '../requirements.js';
import { TestBrowser, sleep, until } from './browser.js';
import { RecordedScreen } from './recorded-screen.js';
import { type Role, WardOfRoles } from './ward-of-roles.js';

jest.setTimeout(240_000);

const PATIENTS = 2;
const SCENARIO = scenarioSchema.parse({
  wearables: [64, 78].map((heartRateBpm, i) => ({
    device: `watch-${i}`,
    patient: `P-${i}`,
    timeline: [{ atSeconds: 0, activity: 'rest', heartRateBpm }],
  })),
});

/** What the red bar says when a role is gone. */
const BAR: Record<Exclude<Role, 'history'>, RegExp> = {
  broker: /^NOT LIVE since [\d:]+ — .*no new values come in/,
  processor: /^NOT LIVE since [\d:]+ — .*no new values come in/,
  alarms: /^NOT LIVE since [\d:]+ — .*alarms are not worked out/,
  gateway: /^NOT LIVE since [\d:]+ — no connection to the station/,
};

/** Two stations at a time, each with a display on the wall: what one waits for the other waits for too. */
requirement('chromium')('a ward display, when one role of the station is gone', () => {
  const wards = [new WardOfRoles(), new WardOfRoles()] as const;
  const displays: RecordedScreen[] = [];
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await TestBrowser.start(['--autoplay-policy=no-user-gesture-required']);
    await Promise.all(wards.map((ward) => ward.start(SCENARIO)));
    for (const ward of wards) {
      const { page } = await ward.screen(browser, {}, 'Display', 'kiosk');
      displays.push(await RecordedScreen.of(page, ward.url));
    }
  });

  afterAll(async () => {
    await browser?.close();
    await Promise.all(wards.map((ward) => ward.stop()));
  });

  async function untilWell(display: RecordedScreen): Promise<void> {
    await display.untilLive(PATIENTS);
    // One that was called for while numbers were missing.
    await until(
      'no alarm',
      60_000,
      async () => (await display.page.locator('.alarm').count()) === 0,
    );
  }

  /** The bar, no numbers, then the display's own sound until all is well again. */
  async function lose(station: number, role: keyof typeof BAR, signal: NodeJS.Signals) {
    const [ward, display] = [wards[station]!, displays[station]!];
    await untilWell(display);
    const lostMs = Date.now();
    ward.signalRole(role, signal);
    const blankMs = await display.expectNotLive(lostMs, BAR[role]);
    await until('its own sound', 3000, async () => ((await display.sounds()).at(-1) ?? 0) > lostMs);
    const heard = (await display.sounds()).filter((atMs) => atMs > lostMs);
    expect(heard[0]).toBeGreaterThan(blankMs - 500);
    expect(heard[0]).toBeLessThan(lostMs + 12_000);
    if (signal === 'SIGSTOP') ward.signalRole(role, 'SIGCONT');
    else await ward.restart(role);
    await untilWell(display);
  }

  /** Not in the middle of a commit, in which it would keep a file of the others locked: the bar then names those. */
  async function stopAlone(ward: WardOfRoles, display: RecordedScreen): Promise<void> {
    for (;;) {
      ward.signalRole('history', 'SIGSTOP');
      await sleep(5000);
      if ((await display.now()).state === 'live') return;
      ward.signalRole('history', 'SIGCONT');
      await untilWell(display);
    }
  }

  it('history: the wall goes on, and is told in time', async () => {
    const [first, second] = [displays[0]!, displays[1]!];
    await Promise.all([untilWell(first), untilWell(second)]);
    wards[0].signalRole('history', 'SIGKILL');
    await stopAlone(wards[1], second);
    expect(await first.now()).toMatchObject({ state: 'live', numbers: PATIENTS });
    // Half a minute passes between two of its words; three of them are waited for, and half a minute more.
    if (process.env['VIGIL_LONG'] === '1') {
      for (const { page } of [first, second])
        await page
          .locator('.strip')
          .getByText('History not up to date')
          .waitFor({ timeout: 150_000 });
    }
    wards[1].signalRole('history', 'SIGCONT');
    await wards[0].restart('history');
  });

  it.each(['SIGSTOP', 'SIGKILL'] as const)(
    'processor, and elsewhere alarm machine: %s',
    async (signal) => {
      await Promise.all([lose(0, 'processor', signal), lose(1, 'alarms', signal)]);
    },
  );

  it.each(['SIGSTOP', 'SIGKILL'] as const)('broker, and elsewhere gateway: %s', async (signal) => {
    await Promise.all([lose(0, 'broker', signal), lose(1, 'gateway', signal)]);
  });
});
