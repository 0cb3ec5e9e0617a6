/** Every bound of the registry, with its unit. */
export const REGISTRY_BOUNDS = {
  /** Characters of the name of a patient, a person or a ward. */
  nameCharacters: 80,
  /** Characters of what the wall shows of a patient. */
  labelCharacters: 36,
  bedCharacters: 16,
  hospitalNumberCharacters: 40,
  /** Characters of why a patient is off ward. */
  offWardReasonCharacters: 80,
  /** Fewest and most characters of a reason for emergency access. */
  emergencyReasonLeast: 5,
  emergencyReasonMost: 200,
  /** Fewest and most characters of a password. */
  passwordLeast: 10,
  passwordMost: 200,
  wards: 200,
  bedsPerWard: 200,
  /** Devices that one patient wears at a time. */
  devicesPerPatient: 8,
  people: 5000,
  /** Sessions that one person has open; the oldest end first. */
  sessionsPerPerson: 20,
  /** How far a moment may lie ahead of the station's clock and still mean now, ms: clocks of screens differ a little. */
  futureToleranceMs: 60_000,
  /** Secrets of devices hashed at once: half of libuv's four threads, so that files and sockets keep the others. */
  hashesAtOnce: 2,
  /** Secrets waiting to be hashed; one more is refused. */
  hashesWaiting: 4096,
  /** Verified credentials of devices remembered. */
  verifiedCredentials: 4096,
  /** Characters of a secret that is offered for verification. */
  secretCharacters: 256,
  /** Passwords hashed at once (32 MiB and about a quarter of a second each) and waiting; one more is refused. */
  passwordsAtOnce: 2,
  passwordsWaiting: 64,
  /** How long a change waits for another process's, ms. */
  busyTimeoutMs: 5000,
  /** Entries that a query gives when it says nothing, and at most. */
  pageDefault: 100,
  pageMost: 500,
  /** Alarm events kept at least; older ones are removed some thousands at a time. */
  alarmLogEntries: 100_000,
} as const;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long what lets somebody in lasts, ms. */
export const SESSION_TIMES = {
  /** A person's session ends when it was not used for so long. */
  personIdleMs: 12 * HOUR_MS,
  /** A kiosk's: a display that was off for a quarter of a year has to be set up again. */
  kioskIdleMs: 90 * 24 * HOUR_MS,
  /** How often the use of a session is written down. */
  prolongEveryMs: MINUTE_MS,
  /** A person at a kiosk. */
  actingMs: 2 * MINUTE_MS,
  emergencyMs: HOUR_MS,
  /** A link for the first administrator, and any other. */
  firstLinkMs: 24 * HOUR_MS,
  linkMs: 72 * HOUR_MS,
} as const;
