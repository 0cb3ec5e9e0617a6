import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolder } from '@app/registry';
import { readSettings } from '../settings.js';
import { checkCertificate } from './check-certificate.js';
import { checkDisk } from './check-disk.js';
import { checkPorts } from './check-ports.js';
import { checkStores } from './check-stores.js';
import { examine, report } from './doctor.js';
import { ensureLocalCertificate } from '../tls/local-authority.js';

const DAY_MS = 86_400_000;
let folder: string;
const settings = (flags: Record<string, unknown> = {}) =>
  readSettings({ data: folder, mqttPort: 0, httpPort: 0, ...flags }, {});

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-doctor-'));
  openDataFolder(folder, 'live', 2);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const verdicts = (findings: { what: string; verdict: string }[]) =>
  Object.fromEntries(findings.map(({ what, verdict }) => [what, verdict]));

describe('vigil doctor', () => {
  it('looks at everything, and changes nothing', async () => {
    const findings = await examine(settings());
    expect(findings.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        'versions',
        'data',
        'disk',
        'certificate',
        'clock',
        'heart rate model',
      ]),
    );
    expect(verdicts(findings)).toMatchObject({
      versions: 'good',
      data: 'good',
      certificate: 'good',
    });
    for (const { verdict, todo } of findings) expect(todo === '').toBe(verdict === 'good');
  });

  it('finds a port that another program uses', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) =>
      other.listen(0, '127.0.0.1', () => {
        const address = other.address();
        resolve(address !== null && typeof address === 'object' ? address.port : 0);
      }),
    );
    const findings = await checkPorts(settings({ mqttPort: port }));
    other.close();
    expect(findings[0]).toMatchObject({ verdict: 'problem', what: `port ${port}` });
    expect(findings[0]?.todo).toContain('--mqtt-port');
  });

  it('finds a folder of another kind, and one that has no room', async () => {
    expect(verdicts(await checkDisk(settings()))).toMatchObject({ data: 'good' });
    const stranger = join(folder, 'stranger');
    mkdirSync(stranger);
    expect(verdicts(await checkDisk(settings({ data: stranger })))).toMatchObject({
      data: 'problem',
    });
    const greedy = await checkDisk(settings({ retentionGigabytes: 100_000 }));
    expect(verdicts(greedy)['disk']).toBe('warning');
  });

  it('finds a damaged file', async () => {
    const damaged = join(folder, 'damaged');
    openDataFolder(damaged, 'live', 2);
    writeFileSync(join(damaged, 'registry.db'), 'this is no database, and never was one');
    expect(verdicts(await checkStores(settings({ data: damaged })))).toMatchObject({
      'registry.db': 'problem',
    });
  });

  it('finds a certificate that ends soon, has ended, or is none', async () => {
    const tls = join(folder, 'tls');
    const now = Date.now();
    const verdict = async (madeMs: number) => {
      rmSync(tls, { recursive: true, force: true });
      await ensureLocalCertificate(tls, ['localhost'], madeMs);
      return (await checkCertificate(settings({ tls })))[0]?.verdict;
    };
    expect(await verdict(now)).toBe('good');
    expect(await verdict(now - 380 * DAY_MS)).toBe('warning');
    expect(await verdict(now - 400 * DAY_MS)).toBe('problem');
    writeFileSync(join(tls, 'key.pem'), 'no key');
    expect((await checkCertificate(settings({ tls })))[0]?.verdict).toBe('problem');
    const open = await checkCertificate(settings({ host: '0.0.0.0', allowRemote: true }));
    expect(open[0]?.verdict).toBe('warning');
  });

  it('reports a line for each finding, and what to do', () => {
    const text = report([
      { what: 'disk', verdict: 'good', says: '10 GB free', todo: '' },
      { what: 'port 1883', verdict: 'problem', says: 'used', todo: 'stop it' },
    ]);
    expect(text).toContain('ok    disk       10 GB free\n');
    expect(text).toContain('→ stop it');
    expect(text).toContain('1 problem, 0 warnings.');
  });
});
