/**
 * Every threshold of the screen in one place: how long something may be old before a nurse is told, and how the
 * screen keeps itself honest. The pattern follows what hospital central stations do; none of it is configurable.
 */
interface Threshold {
  readonly value: number;
  readonly unit: 'ms' | 'count';
  readonly why: string;
}

export const THRESHOLDS = {
  heartbeatPeriod: {
    value: 1000,
    unit: 'ms',
    why: 'the station sends one heartbeat a second',
  },
  notLiveAfter: {
    value: 3000,
    unit: 'ms',
    why: 'three missed heartbeats or ticks, or no answer: NOT LIVE stands on the screen within 4 s of the loss',
  },
  blankAfter: {
    value: 9500,
    unit: 'ms',
    why: 'numbers are gone within 10 s of the loss, the drawing included',
  },
  snapshotWithin: {
    value: 3000,
    unit: 'ms',
    why: 'a screen that asked for the state of the ward and did not get it is not live',
  },
  reconnectAfter: {
    value: 6000,
    unit: 'ms',
    why: 'a connection without answers is dead even when the network does not say so: open a new one',
  },
  clockSkew: {
    value: 2000,
    unit: 'ms',
    why: 'a screen whose own clock is further off says so',
  },
  clockJump: {
    value: 3000,
    unit: 'ms',
    why: "the wall clock ran away from the page's own clock: the machine slept, nothing on the screen can be trusted",
  },
  clockSamples: {
    value: 10,
    unit: 'count',
    why: "answers from which the station's clock is estimated: the quickest one counts",
  },
  clockDrift: {
    value: 100,
    unit: 'ms',
    why: 'two clocks may drift apart by so much between answers: more means that one of them was set',
  },
  askEvery: {
    value: 500,
    unit: 'ms',
    why: 'a round trip of 2.5 s still counts as live: the connection is as old as the last question that was answered',
  },
  stoodStill: {
    value: 3000,
    unit: 'ms',
    why: 'a page that did nothing for so long was frozen: what it then finds waiting is old',
  },
  canaryWithin: {
    value: 150_000,
    unit: 'ms',
    why: 'one comes through a minute: two and a half without one, as the station counts',
  },
  valueOldAfter: {
    value: 10_000,
    unit: 'ms',
    why: 'five windows missed: the number is drawn grey, with its age',
  },
  valueGoneAfter: {
    value: 30_000,
    unit: 'ms',
    why: 'no number at all: it could be that of another state of the patient',
  },
  backlogAtLeast: {
    value: 30_000,
    unit: 'ms',
    why: 'the edges of a hole, where no window is whole, are never filled: less than this is not worth a word',
  },
  backlogGoneAfter: {
    value: 120_000,
    unit: 'ms',
    why: 'nothing of a backlog has come for so long: what is missing may be lost, and is no longer promised',
  },
} as const satisfies Record<string, Threshold>;
