import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { X509Certificate, randomBytes, webcrypto } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { oneAtATime } from './one-at-a-time.js';

const DAY_MS = 86_400_000;

export const LOCAL_AUTHORITY = {
  /** A root is installed by hand on every phone: it must last. */
  rootDays: 3650,
  /** Phones refuse longer ones. */
  certificateDays: 397,
  /** A certificate is replaced when it has fewer days left. */
  renewDays: 30,
} as const;

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** Files of the local authority. The root's certificate is for the devices; both keys never leave the folder. */
export const LOCAL_FILES = {
  root: 'vigil-root.pem',
  rootKey: 'vigil-root-key.pem',
  certificate: 'certificate.pem',
  key: 'key.pem',
} as const;

/**
 * Makes, in `folder`, a root on first use, and a certificate for `names` signed by it whenever there is none that covers
 * them for long enough. A device that trusts the root trusts every later certificate.
 * @param names host names and IP addresses under which the station is reached.
 * @returns whether a new certificate was made.
 * @throws an Error of the file system, with the file's name.
 */
export async function ensureLocalCertificate(
  folder: string,
  names: readonly string[],
  nowMs: number,
): Promise<boolean> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  x509.cryptoProvider.set(webcrypto as Crypto);
  return oneAtATime(folder, () => ensure(folder, names, nowMs));
}

async function ensure(folder: string, names: readonly string[], nowMs: number): Promise<boolean> {
  const root = await openRoot(folder, nowMs);
  if (
    isGood(join(folder, LOCAL_FILES.certificate), join(folder, LOCAL_FILES.key), root, names, nowMs)
  ) {
    return false;
  }
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [{ CN: ['Vigil station'] }],
    issuer: root.certificate.subject,
    notBefore: new Date(nowMs - DAY_MS),
    notAfter: new Date(nowMs + LOCAL_AUTHORITY.certificateDays * DAY_MS),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: root.key,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((name) => ({
          type: isIP(name) === 0 ? ('dns' as const) : ('ip' as const),
          value: name,
        })),
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(root.certificate),
    ],
  });
  // the key first: a certificate without its key would be taken for a good one
  write(folder, LOCAL_FILES.key, await pemOf(keys.privateKey));
  write(folder, LOCAL_FILES.certificate, certificate.toString('pem'));
  return true;
}

/** Names under which this machine is likely to be reached. */
export function ownNames(addresses: readonly string[]): string[] {
  const name = hostname().toLowerCase();
  const local = name.includes('.') ? [name] : [name, `${name}.local`];
  return [...new Set(['localhost', ...local, '127.0.0.1', '::1', ...addresses])];
}

interface Root {
  certificate: x509.X509Certificate;
  key: CryptoKey;
}

async function openRoot(folder: string, nowMs: number): Promise<Root> {
  const [file, keyFile] = [join(folder, LOCAL_FILES.root), join(folder, LOCAL_FILES.rootKey)];
  if (existsSync(file) && existsSync(keyFile)) {
    const certificate = new x509.X509Certificate(readFileSync(file, 'utf8'));
    // a root that ends before its certificates would is replaced: devices must trust the new one
    if (certificate.notAfter.getTime() - nowMs > LOCAL_AUTHORITY.certificateDays * DAY_MS) {
      return { certificate, key: await keyOf(readFileSync(keyFile, 'utf8')) };
    }
  }
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    // a name of its own: phones list roots by name, and two stations are two roots
    name: [{ CN: [`Vigil root ${randomBytes(3).toString('hex')}`] }],
    notBefore: new Date(nowMs - DAY_MS),
    notAfter: new Date(nowMs + LOCAL_AUTHORITY.rootDays * DAY_MS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  write(folder, LOCAL_FILES.rootKey, await pemOf(keys.privateKey));
  write(folder, LOCAL_FILES.root, certificate.toString('pem'));
  return { certificate, key: keys.privateKey };
}

/** Whether the certificate is of this root, fits its key, lasts and covers all names. */
function isGood(
  file: string,
  keyFile: string,
  root: Root,
  names: readonly string[],
  nowMs: number,
): boolean {
  if (!existsSync(file) || !existsSync(keyFile)) return false;
  try {
    const certificate = new X509Certificate(readFileSync(file));
    const lasts = certificate.validToDate.getTime() - nowMs > LOCAL_AUTHORITY.renewDays * DAY_MS;
    const covers = names.every((name) =>
      isIP(name) === 0
        ? certificate.checkHost(name) !== undefined
        : certificate.checkIP(name) !== undefined,
    );
    const isOurs = certificate.verify(
      new X509Certificate(root.certificate.toString('pem')).publicKey,
    );
    return lasts && covers && isOurs;
  } catch {
    // damaged: made again
    return false;
  }
}

function newKeys(): Promise<CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, [
    'sign',
    'verify',
  ]) as Promise<CryptoKeyPair>;
}

async function pemOf(key: CryptoKey): Promise<string> {
  const bytes = await webcrypto.subtle.exportKey('pkcs8', key);
  return x509.PemConverter.encode(bytes, 'PRIVATE KEY');
}

function keyOf(pem: string): Promise<CryptoKey> {
  const bytes = x509.PemConverter.decode(pem)[0] ?? new ArrayBuffer(0);
  return webcrypto.subtle.importKey('pkcs8', bytes, ALGORITHM, true, [
    'sign',
  ]) as Promise<CryptoKey>;
}

/** Positive and of 16 random bytes, as RFC 5280 section 4.1.2.2 asks. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return bytes.toString('hex');
}

function write(folder: string, name: string, pem: string): void {
  const file = join(folder, name);
  writeFileSync(`${file}.new`, `${pem}\n`, { mode: 0o600 });
  chmodSync(`${file}.new`, name.includes('key') ? 0o600 : 0o644);
  renameSync(`${file}.new`, file);
}
