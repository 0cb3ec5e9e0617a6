/** Every bound of sign-in and sessions at the gateway, with its unit. docs/access.md prints this table. */
export const ACCESS_LIMITS = {
  /** Failed sign-ins with one name from one address, or from one browser that this name has used, within `paceSeconds`. */
  failuresPerName: 5,
  /** Failed sign-ins from one address, whatever the names, within `paceSeconds`. Browsers that a name has used do not count. */
  failuresPerAddress: 30,
  paceSeconds: 300,
  /** Addresses and names whose failures are remembered; the one heard of longest ago is forgotten. */
  addressesRemembered: 10_000,
  namesRemembered: 10_000,
  /** Entries about refused sign-ins that the audit takes within `paceSeconds`; more are only counted. */
  refusalsAudited: 100,
  /** Names that a browser is known for; the oldest is forgotten. */
  namesPerBrowser: 8,
  /** How long a browser is known, s. The station forgets all when it is started anew. */
  knownBrowserSeconds: 180 * 86_400,
  /** How often live sockets are held against the registry, ms. */
  sessionCheckMs: 500,
  /** A session that only listens is in use: it is prolonged so often, ms. */
  sessionUseMs: 60_000,
  /** Characters of a reason for emergency access that are read at all; the registry takes fewer. */
  reasonMost: 1000,
  /** Characters of a name that is typed to sign in. */
  nameMost: 200,
  /** Characters of a one-time link's token. */
  tokenMost: 200,
} as const;
