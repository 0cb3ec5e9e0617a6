import { CANARY, type Frame, NOBODY, type Lane, sampledSeconds } from '@app/contracts';
import type { DeviceEntry } from '@app/registry';
import type { ArrivedFrame } from '@app/stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../platform/clock.js';
import { StationClock } from '../platform/station-clock.js';
import { CLOCK } from '../platform/tokens.js';
import { ClockLog } from './clock-log.js';
import { wearerNow } from './wearers.js';

export interface PlacedFrame {
  patient: string;
  unassigned: 'not-admitted' | 'not-placed' | null;
}

/** How a frame came. */
export interface Arrival {
  lane: Lane;
  receivedMs: number;
  connectedMs: number;
  isRepeated: boolean;
}

/** Decides whose samples each frame holds, once: the journal keeps the answer. */
@Injectable()
export class FramePlacing {
  constructor(
    private readonly clocks: ClockLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    if (clock instanceof StationClock) clock.onStep((stepMs) => this.stepped(stepMs));
  }

  place(entry: DeviceEntry, frame: Frame, arrival: Arrival): PlacedFrame {
    // a recording may be played at any speed, its clocks say nothing; the canary is worn by nobody else, ever
    if (entry.origin === 'replay' || entry.device === CANARY) return placedOn(wearerNow(entry));
    const known = this.clocks.of(entry.device);
    const arrived = arrivedFrame(frame, arrival);
    known.placement.observe(arrived);
    known.observed();
    const placed = known.placement.place(arrived, entry.wearings, this.doubtMs(entry, arrival));
    if (placed.kind === 'patient') return placedOn(placed.patient);
    return { patient: NOBODY, unassigned: placed.kind };
  }

  /**
   * How far the clocks may lie apart by which frames are placed and by which it was written who wears what: the station's
   * from the system's, and both from what a clock that was put right since has written into the future.
   */
  private doubtMs({ wearings }: DeviceEntry, { receivedMs }: Arrival): number {
    const aheadMs = this.clock instanceof StationClock ? this.clock.aheadMs : 0;
    // oldest first, never overlapping: nothing lies later than the last
    const last = wearings.at(-1);
    const writtenMs = last === undefined ? 0 : (last.toMs ?? last.fromMs);
    return Math.max(aheadMs, writtenMs - receivedMs, 0);
  }

  private stepped(stepMs: number): void {
    for (const one of this.clocks.all()) {
      one.placement.stepped(stepMs);
      one.hasNews();
    }
  }
}

function placedOn(patient: string): PlacedFrame {
  return { patient, unassigned: patient === NOBODY ? 'not-admitted' : null };
}

function arrivedFrame(frame: Frame, arrival: Arrival): ArrivedFrame {
  const { bootId, monotonicUs, sentMonotonicUs, wallClockMs, wallClockSource } = frame;
  return {
    bootId,
    startMs: monotonicUs / 1000,
    endMs: monotonicUs / 1000 + sampledSeconds(frame) * 1000,
    sentMs: sentMonotonicUs === null ? null : sentMonotonicUs / 1000,
    wallMs: wallClockSource === 'unspecified' ? null : wallClockMs,
    ...arrival,
  };
}
