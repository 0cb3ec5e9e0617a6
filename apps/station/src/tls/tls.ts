import { X509Certificate, createPrivateKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { SettingError, type Settings } from '../settings.js';
import { LOCAL_FILES, ensureLocalCertificate, ownNames } from './local-authority.js';

/** What every server of the station shows: one certificate for MQTT, HTTP and sockets. PEM. */
export interface Tls {
  cert: Buffer;
  key: Buffer;
  /** The root that devices must trust, when it is the station's own. */
  rootFile: string | null;
  expiresMs: number;
}

/**
 * The station's certificate, made when it must be; null without TLS.
 * @throws SettingError when the setting names no usable certificate.
 */
export async function loadTls(
  settings: Pick<Settings, 'tls' | 'tlsNames' | 'data'>,
  nowMs: number,
): Promise<Tls | null> {
  if (settings.tls === 'off') return null;
  if (settings.tls !== 'local') return readTls(settings.tls, null);
  const folder = join(settings.data, 'tls');
  const names = [...new Set([...ownNames(ownAddresses()), ...settings.tlsNames])];
  try {
    await ensureLocalCertificate(folder, names, nowMs);
  } catch (error) {
    throw new SettingError(
      `--tls local (VIGIL_TLS): no certificate could be made in ${folder}: ${(error as Error).message}`,
      { cause: error },
    );
  }
  return readTls(folder, join(folder, LOCAL_FILES.root));
}

/** The certificate in a folder. @throws SettingError when there is none, or none that works. */
export function readTls(folder: string, rootFile: string | null): Tls {
  const files = [LOCAL_FILES.certificate, LOCAL_FILES.key].map((name) => join(folder, name));
  const missing = files.find((file) => !existsSync(file));
  if (missing !== undefined) {
    throw new SettingError(
      `--tls (VIGIL_TLS): there is no ${missing}: name a folder with ${LOCAL_FILES.certificate} (the whole chain) and ${LOCAL_FILES.key}, or local, or off`,
    );
  }
  try {
    const [cert, key] = files.map((file) => readFileSync(file)) as [Buffer, Buffer];
    const certificate = new X509Certificate(cert);
    if (!certificate.checkPrivateKey(createPrivateKey(key))) throw new Error('the key is not its');
    createSecureContext({ cert, key });
    return { cert, key, rootFile, expiresMs: certificate.validToDate.getTime() };
  } catch (error) {
    throw new SettingError(
      `--tls (VIGIL_TLS): ${folder} holds no usable certificate: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

/** This machine's addresses on its networks; link-local ones are of no use in a certificate. */
function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80'))
    .map(({ address }) => address);
}
