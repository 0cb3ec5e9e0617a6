import { type JournalCounters, type SqliteJournal, STREAM_NAMES } from '@app/journal';
import { Gauge, type Registry } from 'prom-client';

const METERS: Record<keyof JournalCounters, string> = {
  appended: 'Records that this process has appended.',
  commits: 'Commits that made them durable: several appends share one.',
  waiting: 'Records that wait for the disk now.',
  full: 'Appends refused because too much waited for the disk.',
  droppedSegments: 'Segments that retention has dropped.',
  droppedRecords: 'Records in them.',
  skipped: 'Records that a consumer came too late for.',
};

/** The journal's own counts, per stream, read when they are asked for. */
export function registerJournalMetrics(journal: SqliteJournal, registry: Registry): void {
  for (const [meter, help] of Object.entries(METERS) as [keyof JournalCounters, string][]) {
    const name = `vigil_journal_${meter.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
    const gauge = new Gauge({
      name,
      help,
      labelNames: ['stream'],
      registers: [],
      collect() {
        const counters = journal.counters();
        for (const stream of STREAM_NAMES) this.set({ stream }, counters[stream][meter]);
      },
    });
    registry.registerMetric(gauge);
  }
}
