import { NAME_PATTERN } from '@app/contracts';

/** What stands in the codes on devices: `vigil:device/<name>`, and with its secret behind a `#` where a device is set up. */
const SCHEME = 'vigil:device/';

/** The code of the label that sticks on a device. No secret: everybody can see a label. */
export function labelCode(device: string): string {
  return SCHEME + device;
}

/** The code that sets up a device's program, to be scanned once from the screen. */
export function setupCode(device: string, secret: string): string {
  return `${SCHEME}${device}#${encodeURIComponent(secret)}`;
}

/** The device that a scanned or typed text names: one of our codes, or a bare name. Null: neither. */
export function deviceOfCode(text: string): string | null {
  const trimmed = text.trim();
  const code = trimmed.toLowerCase().startsWith(SCHEME) ? trimmed.slice(SCHEME.length) : trimmed;
  const [name = ''] = code.split('#', 1);
  return NAME_PATTERN.test(name) ? name : null;
}
