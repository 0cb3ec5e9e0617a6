import { expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureLocalCertificate } from './local-authority.js';
import { TlsRenewal } from './tls-renewal.js';
import { readTls } from './tls.js';

it('gives the servers a certificate that was replaced, and keeps the old one when the new one is no good', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-renewal-'));
  try {
    await ensureLocalCertificate(folder, ['localhost'], Date.now());
    const given: string[] = [];
    const server = {
      setSecureContext: ({ cert }: { cert?: unknown }) => void given.push(String(cert)),
    };
    const settings = { tls: folder, tlsNames: [], data: folder };
    const renewal = new TlsRenewal(readTls(folder, null), settings, { nowMs: () => Date.now() }, [
      server,
    ]);
    await renewal.check();
    expect(given).toEqual([]);

    await ensureLocalCertificate(folder, ['localhost', 'ward-3'], Date.now());
    await renewal.check();
    await renewal.check();
    expect(given).toEqual([String(readTls(folder, null).cert)]);

    writeFileSync(join(folder, 'certificate.pem'), 'nonsense');
    await renewal.check();
    expect(given).toHaveLength(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
