import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  LOCAL_AUTHORITY,
  LOCAL_FILES,
  ensureLocalCertificate,
  ownNames,
} from './local-authority.js';

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 0, 1);
let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'vigil-tls-')), 'tls');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (name: string) => new X509Certificate(readFileSync(join(folder, name)));

describe('ensureLocalCertificate', () => {
  it('makes a root once, and a certificate for every name that the root vouches for', async () => {
    const names = ['station.local', 'localhost', '10.0.0.7', '::1'];
    expect(await ensureLocalCertificate(folder, names, NOW_MS)).toBe(true);
    const [root, certificate] = [read(LOCAL_FILES.root), read(LOCAL_FILES.certificate)];
    expect(root.ca).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(certificate.checkIssued(root)).toBe(true);
    expect(certificate.verify(root.publicKey)).toBe(true);
    expect(certificate.checkHost('station.local')).toBe('station.local');
    expect(certificate.checkHost('other.local')).toBeUndefined();
    expect(certificate.checkIP('10.0.0.7')).toBe('10.0.0.7');
    expect(certificate.checkIP('::1')).toBe('::1');
    expect(statSync(join(folder, LOCAL_FILES.key)).mode & 0o077).toBe(0);
    expect(statSync(join(folder, LOCAL_FILES.rootKey)).mode & 0o077).toBe(0);

    expect(await ensureLocalCertificate(folder, names, NOW_MS + DAY_MS)).toBe(false);
    expect(read(LOCAL_FILES.certificate).serialNumber).toBe(certificate.serialNumber);
  });

  it('replaces a certificate that ends soon, lacks a name or is damaged, and keeps the root', async () => {
    await ensureLocalCertificate(folder, ['localhost'], NOW_MS);
    const root = read(LOCAL_FILES.root).serialNumber;
    const lastDayMs =
      NOW_MS + (LOCAL_AUTHORITY.certificateDays - LOCAL_AUTHORITY.renewDays) * DAY_MS;
    expect(await ensureLocalCertificate(folder, ['localhost'], lastDayMs - 1)).toBe(false);
    expect(await ensureLocalCertificate(folder, ['localhost'], lastDayMs)).toBe(true);
    expect(await ensureLocalCertificate(folder, ['localhost', 'ward-3'], lastDayMs)).toBe(true);
    writeFileSync(join(folder, LOCAL_FILES.certificate), 'nonsense');
    expect(await ensureLocalCertificate(folder, ['localhost'], lastDayMs)).toBe(true);
    expect(read(LOCAL_FILES.root).serialNumber).toBe(root);
  });

  it('names this machine', () => {
    expect(ownNames(['10.1.2.3'])).toEqual(
      expect.arrayContaining(['localhost', '127.0.0.1', '10.1.2.3']),
    );
  });
});
