import { Inject, Injectable } from '@nestjs/common';
import {
  type SampleRange,
  type WaveformResponse,
  decodeFrame,
  decodeInput,
  partitionOf,
} from '@app/contracts';
import type { Journal, JournalRecord } from '@app/journal';
import type { Registry } from 'prom-client';
import { JOURNAL, METRICS } from '../../platform/tokens.js';
import { UnreadableRecords } from '../../platform/unreadable-records.js';
import { GATEWAY_LIMITS } from '../gateway-limits.js';
import { waveformTraces } from '../waveform-traces.js';

type Segment = WaveformResponse['segments'][number];

const PAGE = 512;

/** Samples of a time range, from the journal: what retention has dropped is not there. */
@Injectable()
export class WaveformReader {
  private readonly unreadable: UnreadableRecords;

  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(METRICS) metrics: Registry,
  ) {
    this.unreadable = new UnreadableRecords(metrics, 'gateway');
  }

  /** @param devices those that the patient wore. @returns live frames by arrival in [fromMs, toMs). */
  async read(
    patient: string,
    devices: readonly string[],
    fromMs: number,
    toMs: number,
  ): Promise<Segment[]> {
    const partitions = new Set(
      devices.map((device) => partitionOf(device, this.journal.partitions)),
    );
    const found = await Promise.all(
      [...partitions].map((partition) => this.readPartition(partition, fromMs, toMs)),
    );
    return found
      .flat()
      .filter(({ key }) => devices.includes(key))
      .map((record) => this.segmentOf(record, patient))
      .filter((segment) => segment !== null)
      .toSorted((a, b) => a.receivedMs - b.receivedMs);
  }

  /**
   * The live frames of one boot that hold samples of a range of the device's own clock.
   * @param fromMs and `toMs`: when they came.
   */
  async readRange(
    patient: string,
    { device, bootId, fromMonotonicUs, toMonotonicUs }: SampleRange,
    fromMs: number,
    toMs: number,
  ): Promise<Segment[]> {
    const segments = await this.read(patient, [device], fromMs, toMs);
    return segments
      .filter(
        (segment) =>
          segment.bootId === bootId &&
          segment.monotonicUs < toMonotonicUs &&
          segment.monotonicUs + secondsOf(segment) * 1e6 > fromMonotonicUs,
      )
      .toSorted((a, b) => a.monotonicUs - b.monotonicUs);
  }

  private async readPartition(
    partition: number,
    fromMs: number,
    toMs: number,
  ): Promise<JournalRecord[]> {
    let offset = await this.journal.offsetAt('frames', partition, fromMs);
    const found: JournalRecord[] = [];
    for (let read = 0; read < GATEWAY_LIMITS.waveformRecords; read += PAGE) {
      const page = await this.journal.read('frames', partition, offset, PAGE);
      found.push(...page.filter(({ appendMs }) => appendMs < toMs));
      const last = page.at(-1);
      if (last === undefined || last.appendMs >= toMs) break;
      offset = last.offset + 1;
    }
    return found;
  }

  private segmentOf(record: JournalRecord, patient: string): Segment | null {
    const input = this.unreadable.decode(record, decodeInput);
    if (input?.type !== 'frame' || input.lane !== 'live' || input.patient !== patient) return null;
    const decoded = decodeFrame(input.frame);
    if (!decoded.ok) return null;
    const { monotonicUs, bootId } = decoded.frame;
    return {
      receivedMs: input.receivedMs,
      monotonicUs,
      bootId,
      traces: waveformTraces(decoded.frame),
    };
  }
}

function secondsOf({ traces }: Segment): number {
  return Math.max(0, ...traces.map(({ values, sampleRateHz }) => values.length / sampleRateHz));
}
