import { LIMIT_RANGE_BPM } from '@app/contracts';
import { Command, Option } from 'commander';
import { join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { packageRoot } from './platform/package-root.js';

export const ROLES = ['broker', 'processor', 'alarms', 'history', 'gateway'] as const;
export type Role = (typeof ROLES)[number];

function number(least: number, most: number) {
  const says = `it must be a number from ${least} to ${most}`;
  return z.coerce.number(says).min(least, says).max(most, says);
}

function wholeNumber(least: number, most: number) {
  const says = `it must be a whole number from ${least} to ${most}`;
  return z.coerce.number(says).int(says).min(least, says).max(most, says);
}

function oneOf<const T extends readonly string[]>(words: T) {
  return z.enum(words, `it must be ${listed(words)}`);
}

/** `a, b or c`. */
function listed(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

const port = wholeNumber(0, 65_535);
const folder = z
  .string()
  .min(1)
  .transform((path) => resolve(path));
const onOff = z
  .union([z.boolean(), z.enum(['0', '1', 'true', 'false'])], 'it must be 1, 0, true or false')
  .transform((v) => v === true || v === '1' || v === 'true');
const bpm = wholeNumber(LIMIT_RANGE_BPM.least, LIMIT_RANGE_BPM.most);

interface Setting<T extends z.ZodType> {
  /** For the command line. */
  flag: string;
  environment: string;
  /** For `--help` and the README's table. */
  meaning: string;
  schema: T;
}

function setting<T extends z.ZodType>(
  flag: string,
  environment: string,
  meaning: string,
  schema: T,
): Setting<T> {
  return { flag, environment, meaning, schema };
}

/** Every setting of the station: one line each, read once at the start. A flag wins over its variable. */
export const SETTINGS = {
  data: setting(
    '--data <folder>',
    'VIGIL_DATA',
    'folder of journal, history and devices',
    folder.prefault('data/live'),
  ),
  origin: setting(
    '--origin <origin>',
    'VIGIL_ORIGIN',
    'what a new data folder is for: live, simulated or replay',
    oneOf(['live', 'simulated', 'replay']).optional(),
  ),
  roles: setting(
    '--roles <list>',
    'VIGIL_ROLES',
    `roles of this process, separated by commas: ${ROLES.join(', ')}`,
    z
      .string()
      .prefault(ROLES.join(','))
      .transform((text) => [...new Set(text.split(',').map((role) => role.trim()))])
      .pipe(z.array(z.enum(ROLES, `each must be ${listed(ROLES)}`)).min(1)),
  ),
  host: setting(
    '--host <address>',
    'VIGIL_HOST',
    'address to listen on',
    z.string().min(1).prefault('127.0.0.1'),
  ),
  allowRemote: setting(
    '--allow-remote',
    'VIGIL_ALLOW_REMOTE',
    'listen beyond this machine without encryption',
    onOff.prefault(false),
  ),
  tls: setting(
    '--tls <what>',
    'VIGIL_TLS',
    'encryption of MQTT, HTTP and sockets: off, local (a certificate of its own) or a folder with certificate.pem and key.pem',
    z
      .string()
      .min(1)
      .prefault('off')
      .transform((what) => (what === 'off' || what === 'local' ? what : resolve(what))),
  ),
  tlsNames: setting(
    '--tls-names <list>',
    'VIGIL_TLS_NAMES',
    "names and addresses in the local certificate beside this machine's own, separated by commas",
    z
      .string()
      .prefault('')
      .transform((text) => text.split(',').map((name) => name.trim().toLowerCase()))
      .transform((names) => names.filter((name) => name !== ''))
      .pipe(
        z.array(z.string().regex(/^[a-z0-9.:-]{1,253}$/, 'each must be a host name or an address')),
      ),
  ),
  mqttPort: setting(
    '--mqtt-port <port>',
    'VIGIL_MQTT_PORT',
    'port for wearables (0: any free one)',
    port.prefault(1883),
  ),
  httpPort: setting(
    '--http-port <port>',
    'VIGIL_HTTP_PORT',
    'port for dashboards, API and health (0: any free one)',
    port.prefault(8080),
  ),
  partitions: setting(
    '--partitions <count>',
    'VIGIL_PARTITIONS',
    'partitions of a new journal; an existing one keeps its own',
    wholeNumber(1, 64).prefault(4),
  ),
  processors: setting(
    '--processors <count>',
    'VIGIL_PROCESSORS',
    'processes that share the partitions of the processor role',
    wholeNumber(1, 64).prefault(1),
  ),
  processorIndex: setting(
    '--processor-index <index>',
    'VIGIL_PROCESSOR_INDEX',
    'which share this process works on when the processor role runs apart (from 0)',
    wholeNumber(0, 63).prefault(0),
  ),
  models: setting(
    '--models <folder>',
    'VIGIL_MODELS',
    'folder of the models and registry.json',
    folder.prefault(join(packageRoot(), 'models')),
  ),
  influxUrl: setting(
    '--influx-url <url>',
    'VIGIL_INFLUX_URL',
    'InfluxDB for the history, http://user:password@host:8086/database; without it SQLite',
    z
      .url({ protocol: /^https?$/, error: 'it must be an address like http://host:8086/vigil' })
      .optional(),
  ),
  retentionHours: setting(
    '--retention-hours <hours>',
    'VIGIL_RETENTION_HOURS',
    'how long the journal keeps raw samples',
    number(0.1, 8760).prefault(72),
  ),
  retentionGigabytes: setting(
    '--retention-gigabytes <size>',
    'VIGIL_RETENTION_GIGABYTES',
    'how large the journal of raw samples may grow',
    number(0.1, 100_000).prefault(20),
  ),
  historyDays: setting(
    '--history-days <days>',
    'VIGIL_HISTORY_DAYS',
    'how long vital signs and alarm events are kept',
    wholeNumber(1, 36_500).prefault(365),
  ),
  heartRateHigh: setting(
    '--heart-rate-high <bpm>',
    'VIGIL_HEART_RATE_HIGH',
    'upper alarm limit of a new ward',
    bpm.prefault(120),
  ),
  heartRateLow: setting(
    '--heart-rate-low <bpm>',
    'VIGIL_HEART_RATE_LOW',
    'lower alarm limit of a new ward',
    bpm.prefault(45),
  ),
  webhookUrl: setting(
    '--webhook-url <url>',
    'VIGIL_WEBHOOK_URL',
    'who is told of alarms that nobody answers, https://host/path',
    z
      .url({ protocol: /^https?$/, error: 'it must be an address like https://host/path' })
      .optional(),
  ),
  webhookSecret: setting(
    '--webhook-secret <text>',
    'VIGIL_WEBHOOK_SECRET',
    'what the webhook is signed with, at least 16 characters; better by the variable: flags are seen by others',
    z.string().min(16, 'it must have at least 16 characters').optional(),
  ),
  canary: setting(
    '--canary <switch>',
    'VIGIL_CANARY',
    'true or false: a wearable of the station itself proves the whole way to the screens once a minute',
    onOff.prefault(true),
  ),
} as const;

export type Settings = { [K in keyof typeof SETTINGS]: z.output<(typeof SETTINGS)[K]['schema']> };

/** The roles that a process works on itself: a processor beside other roles is left to processes that it starts. */
export function ownRoles({ roles }: Settings): Role[] {
  const others = roles.filter((role) => role !== 'processor');
  return others.length === 0 ? roles : others;
}

/** A setting that cannot work, in a sentence that names it. */
export class SettingError extends Error {
  override name = 'SettingError';
}

/** The station's command line: an option for every setting. */
export function settingsCommand(name: string): Command {
  const command = new Command(name).description(
    'Runs the station: broker, processor, alarms, history and gateway.',
  );
  for (const [key, { flag: flags, environment, meaning }] of Object.entries(SETTINGS)) {
    const value = shownDefault(key as keyof Settings);
    const rest = `${value === '' ? '' : ` (default: ${value})`} [${environment}]`;
    command.addOption(new Option(flags, `${meaning}${rest}`));
  }
  return command;
}

/** What a setting is when nobody says it, as in `--help` and the README; empty when it is nothing. */
export function shownDefault(key: keyof Settings): string {
  const value = SETTINGS[key].schema.parse(undefined);
  if (key === 'data') return relative('', String(value));
  if (key === 'models') return relative(packageRoot(), String(value));
  return value === undefined ? '' : String(value);
}

/**
 * Settings from parsed flags and the environment.
 * @throws SettingError naming the flag and variable of the first impossible setting.
 */
export function readSettings(
  flags: Record<string, unknown>,
  environment: NodeJS.ProcessEnv,
): Settings {
  const entries = Object.entries(SETTINGS).map(
    ([key, { flag: flags_, environment: variable, schema }]) => {
      const given = flags[key] ?? environment[variable];
      // A blank is no number: as one, it would be 0.
      const isBlank = typeof given === 'string' && given.trim() === '';
      const parsed = schema.safeParse(isBlank ? undefined : given);
      if (!parsed.success) {
        const problem = parsed.error.issues[0]?.message ?? 'not understood';
        throw new SettingError(
          `${flags_.split(' ')[0]} (${variable}) cannot be ${JSON.stringify(given)}: ${problem}`,
        );
      }
      return [key, parsed.data];
    },
  );
  const settings = Object.fromEntries(entries) as Settings;
  refuseImpossible(settings);
  return settings;
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|::1)$/;

function refuseImpossible(settings: Settings): void {
  if (!LOOPBACK.test(settings.host) && settings.tls === 'off' && !settings.allowRemote) {
    throw new SettingError(
      `--host (VIGIL_HOST) ${settings.host} is reachable from other machines, and nothing is encrypted: add --tls local, ` +
        'use 127.0.0.1, or add --allow-remote when the network itself is protected',
    );
  }
  if (settings.heartRateLow >= settings.heartRateHigh) {
    throw new SettingError(
      `--heart-rate-low (VIGIL_HEART_RATE_LOW) ${settings.heartRateLow} must be below --heart-rate-high (VIGIL_HEART_RATE_HIGH) ${settings.heartRateHigh}`,
    );
  }
  refuseWebhook(settings);
  if (settings.processorIndex >= settings.processors) {
    throw new SettingError(
      `--processor-index (VIGIL_PROCESSOR_INDEX) ${settings.processorIndex} must be below --processors (VIGIL_PROCESSORS) ${settings.processors}`,
    );
  }
  if (settings.processors > settings.partitions) {
    throw new SettingError(
      `--processors (VIGIL_PROCESSORS) ${settings.processors} cannot exceed --partitions (VIGIL_PARTITIONS) ${settings.partitions}: a partition has one processor`,
    );
  }
  if (settings.mqttPort !== 0 && settings.mqttPort === settings.httpPort) {
    throw new SettingError(
      `--mqtt-port and --http-port are both ${settings.mqttPort}: choose two ports`,
    );
  }
}

function refuseWebhook({ webhookUrl, webhookSecret }: Settings): void {
  if (webhookUrl === undefined) return;
  if (webhookSecret === undefined) {
    throw new SettingError(
      '--webhook-url (VIGIL_WEBHOOK_URL) needs --webhook-secret (VIGIL_WEBHOOK_SECRET): who gets an alarm must know whose it is',
    );
  }
  const { protocol, hostname } = new URL(webhookUrl);
  if (protocol === 'http:' && !LOOPBACK.test(hostname)) {
    throw new SettingError(
      `--webhook-url (VIGIL_WEBHOOK_URL) ${webhookUrl} would send pseudonyms and heart rates unencrypted: use https`,
    );
  }
}

/** The settings as variables for a process that this one starts. */
export function settingsAsEnvironment(settings: Settings): Record<string, string> {
  const entries = Object.entries(SETTINGS).flatMap(([key, { environment }]): [string, string][] => {
    const value = settings[key as keyof Settings];
    return value === undefined ? [] : [[environment, String(value)]];
  });
  return Object.fromEntries(entries);
}
