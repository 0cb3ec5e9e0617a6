import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_FILES } from '../tls/local-authority.js';
import { readTls } from '../tls/tls.js';
import { SettingError, type Settings } from '../settings.js';
import { type Finding, good, problem, warning } from './finding.js';

const DAY_MS = 86_400_000;
/** Days before the end from which on somebody should know. */
const WARN_DAYS = 21;

export async function checkCertificate(settings: Settings): Promise<Finding[]> {
  if (settings.tls === 'off') return Promise.resolve([withoutTls(settings)]);
  const folder = settings.tls === 'local' ? join(settings.data, 'tls') : settings.tls;
  if (settings.tls === 'local' && !existsSync(join(folder, LOCAL_FILES.certificate)))
    return [good('certificate', `one will be made in ${folder} at the first start`)];
  try {
    const { cert, expiresMs } = readTls(folder, null);
    const { subjectAltName } = new X509Certificate(cert);
    const days = Math.floor((expiresMs - Date.now()) / DAY_MS);
    const says = `valid for ${days} days, for ${(subjectAltName ?? 'no name').replaceAll(/(DNS|IP Address):/g, '')}`;
    if (days < 0) return [problem('certificate', `it ended ${-days} days ago`, renew(settings))];
    return [
      days < WARN_DAYS ? warning('certificate', says, renew(settings)) : good('certificate', says),
    ];
  } catch (error) {
    if (error instanceof SettingError)
      return [problem('certificate', error.message, 'put the right files there')];
    throw error;
  }
}

function renew({ tls }: Settings): string {
  return tls === 'local'
    ? 'start the station: it makes a new one'
    : `put a new certificate into ${tls}: the station takes it within six hours`;
}

function withoutTls({ allowRemote }: Settings): Finding {
  return allowRemote
    ? warning(
        'certificate',
        'nothing is encrypted, and other machines may connect',
        'add --tls local, unless the network itself is protected',
      )
    : good('certificate', 'none: everything stays on this machine');
}
