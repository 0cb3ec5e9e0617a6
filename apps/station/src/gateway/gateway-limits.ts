/** Every bound of the gateway, with its unit. docs/api.md prints this table. */
export const GATEWAY_LIMITS = {
  /** Dashboards connected at once; one more is refused with a sentence. */
  clients: 64,
  /** TCP connections of the HTTP server. */
  connections: 512,
  /** From the first byte of a connection, or of the next request on it, to the end of its headers, and of its body, ms. */
  headersTimeoutMs: 5000,
  requestTimeoutMs: 10_000,
  /** How often connections are checked for that, ms. */
  timeoutCheckMs: 1000,
  /** Rooms that one client may watch at once. */
  roomsPerClient: 16,
  /** Largest message that a client may send, bytes. Larger ones end its connection. */
  messageBytes: 4096,
  /** Events that a client may send: a burst, and how many a second after it. */
  eventBurst: 20,
  eventsPerSecond: 10,
  /** Refused events in a row after which the client is disconnected. */
  refusedInARow: 50,
  /** Updates of a room are at least so far apart, ms: what changes in between travels together. */
  updateEveryMs: 200,
  heartbeatEveryMs: 1000,
  /** How often it is looked whether each ward has a dashboard, and the canary is not missing, ms. */
  wardWatchMs: 1000,
  canaryLookMs: 1000,
  /** A client that has not confirmed a canary by then has not seen it, ms. */
  canaryConfirmMs: 5000,
  /** A canary whose window is older proves nothing of now: it was read from the journal after an outage, ms. */
  canaryLateMs: 30_000,
  /** Waveform messages kept for a slow client and patient; the oldest is dropped for a new one. */
  waveformQueue: 8,
  /** How often a slow client's waveform queue is tried again, ms. */
  waveformRetryMs: 50,
  /** A client that leaves a ping unanswered for so long is disconnected, ms: it bounds what waits for a slow one. */
  pingEveryMs: 5000,
  pingTimeoutMs: 5000,
  /** Ids of events remembered per patient, to know a repeated one. */
  eventsRemembered: 256,
  /** Devices, and boots of each, remembered per patient, to know a repeated result. */
  devicesRemembered: 8,
  bootsRemembered: 4,
  /** A device of nobody's is no longer shown when it has been away for so long, ms. */
  strayForgottenMs: 600_000,
  /** A device that is worn is shown beside its patient for so long after samples that could not be placed in time, ms. */
  notPlacedShownMs: 60_000,
  /** Discharged patients whose last state is remembered; their history stays. */
  dischargedRemembered: 256,
  /** How often the registry is asked whether somebody has changed it, ms. */
  registryEveryMs: 1000,
  /** How often the wall's state is saved with its offset, ms. */
  saveEveryMs: 5000,
  /** A progress older than this is a part that is not ready, ms. */
  progressStaleMs: 5000,
  /** Characters of a note on an acknowledgement. */
  noteCharacters: 500,
  /** Buckets of a history answer. */
  historyBuckets: 5000,
  /** Smallest bucket: windows are 2 s apart, ms. */
  bucketMinMs: 2000,
  /** Longest range of a history answer: a year, ms. */
  historyRangeMs: 366 * 86_400_000,
  /** Alarm events of a history answer. */
  historyEvents: 1000,
  /** Windows of one page. */
  windowsPage: 5000,
  /** Entries of one page of the audit or the alarm log. */
  logPage: 500,
  /** Longest range of a waveform answer, ms. */
  waveformRangeMs: 60_000,
  /** Records read for one waveform answer, of all devices of its partition. */
  waveformRecords: 100_000,
  /** The frames around an alarm event came at most so long before and after it, ms. */
  signalBeforeMs: 90_000,
  signalAfterMs: 30_000,
  /** How far a preview of limits looks back, ms; how many results it takes, and how many at once. */
  previewMs: 86_400_000,
  previewResults: 100_000,
  previewPage: 500,
  /** Previews that are computed at once; one more is refused. */
  previews: 2,
  /** Explanations that the explainer has at once: one that is worked on, one that waits. One more is refused. */
  explanations: 2,
  /** An explanation that takes longer is given up, and its process is ended, ms. */
  explanationMs: 5000,
  /** The explainer's process ends when nobody asked for so long, ms. */
  explainerIdleMs: 300_000,
} as const;
