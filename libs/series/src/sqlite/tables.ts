/**
 * The embedded history. `record` is the result as it was; the columns beside it are what queries select and average.
 * The primary keys are the identities of the results, so writing again changes nothing.
 */
export const TABLES = `
  CREATE TABLE IF NOT EXISTS vitals (
    device TEXT NOT NULL,
    boot_id TEXT NOT NULL,
    window INTEGER NOT NULL,
    lane TEXT NOT NULL,
    patient TEXT NOT NULL,
    end_ms REAL NOT NULL,
    bpm REAL,
    low_bpm REAL,
    high_bpm REAL,
    quality REAL NOT NULL,
    activity TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (device, boot_id, window, lane)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS vitals_by_time ON vitals (patient, end_ms);
  CREATE TABLE IF NOT EXISTS events (
    id TEXT PRIMARY KEY,
    patient TEXT NOT NULL,
    at_ms REAL NOT NULL,
    record TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS events_by_time ON events (patient, at_ms);
`;

export const WRITE_VITAL = `
  INSERT OR REPLACE INTO vitals
  (device, boot_id, window, lane, patient, end_ms, bpm, low_bpm, high_bpm, quality, activity, record)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

export const WRITE_EVENT =
  'INSERT OR REPLACE INTO events (id, patient, at_ms, record) VALUES (?, ?, ?, ?)';

/** SQLite takes the bare column `activity` from the row that has the maximum: the bucket's last. */
export const READ_TREND = `
  SELECT CAST(end_ms / :bucket AS INTEGER) * :bucket AS at_ms,
    AVG(bpm) AS bpm, AVG(low_bpm) AS low_bpm, AVG(high_bpm) AS high_bpm, AVG(quality) AS quality,
    activity, MAX(end_ms)
  FROM vitals WHERE patient = :patient AND end_ms >= :from AND end_ms < :to
  GROUP BY 1`;

export const READ_WINDOWS = `
  SELECT record FROM vitals
  WHERE patient = :patient AND (:device IS NULL OR device = :device)
  ORDER BY end_ms, window LIMIT :limit`;

export const READ_SPAN = `
  SELECT record FROM vitals WHERE patient = :patient AND end_ms >= :from AND end_ms < :to
  ORDER BY end_ms, window LIMIT :limit`;

/** A page of one boot: whole windows, both lanes of each. */
export const READ_BOOT = `
  SELECT record FROM vitals
  WHERE patient = :patient AND device = :device AND boot_id = :boot AND window > :after
    AND window <= (
      SELECT MAX(window) FROM (
        SELECT DISTINCT window FROM vitals
        WHERE patient = :patient AND device = :device AND boot_id = :boot AND window > :after
        ORDER BY window LIMIT :limit))
  ORDER BY window, lane`;

export const READ_EVENTS = `
  SELECT record FROM events WHERE patient = :patient AND at_ms >= :from AND at_ms < :to
  ORDER BY at_ms DESC, id DESC LIMIT :limit`;
