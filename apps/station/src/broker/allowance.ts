import type { Origin } from '@app/contracts';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { BROKER_LIMITS, type PacedTopic, type Rate, rateOf } from './limits.js';
import { TokenBucket } from './token-bucket.js';

/** Both measures of one topic's rate. */
export interface TopicAllowance {
  messages: TokenBucket;
  bytes: TokenBucket;
}

/** What a device may still send. Belongs to the device, not to its connection: connecting again does not refill it. */
export interface Allowance {
  topics: Record<PacedTopic, TopicAllowance>;
  malformed: TokenBucket;
  sessions: TokenBucket;
}

/** Replaces this bound of `BROKER_LIMITS`. */
export const ALLOWANCE_CAPACITY = Symbol('AllowanceCapacity');

/** The allowances of all devices that came lately. Bounded: the one unused for longest is forgotten first. */
@Injectable()
export class Allowances {
  private readonly byDevice = new Map<string, Allowance>();

  constructor(
    @Optional()
    @Inject(ALLOWANCE_CAPACITY)
    private readonly capacity: number = BROKER_LIMITS.rememberedAllowances,
  ) {}

  of(device: string, origin: Origin, nowMs: number): Allowance {
    const allowance = this.byDevice.get(device) ?? newAllowance(origin, nowMs);
    this.byDevice.delete(device);
    this.byDevice.set(device, allowance);
    const [oldest] = this.byDevice.keys();
    if (this.byDevice.size > this.capacity && oldest !== undefined) this.byDevice.delete(oldest);
    return allowance;
  }
}

function newAllowance(origin: Origin, nowMs: number): Allowance {
  const topic = (name: PacedTopic) => topicAllowance(rateOf(origin, name), nowMs);
  const { malformedBurst, malformedPerMinute, sessionBurst, sessionsPerMinute } = BROKER_LIMITS;
  return {
    topics: { frames: topic('frames'), backfill: topic('backfill'), status: topic('status') },
    malformed: new TokenBucket(malformedPerMinute / 60, malformedBurst, nowMs),
    sessions: new TokenBucket(sessionsPerMinute / 60, sessionBurst, nowMs),
  };
}

export function topicAllowance(rate: Rate, nowMs: number): TopicAllowance {
  return {
    messages: new TokenBucket(rate.messagesPerSecond, rate.messageBurst, nowMs),
    bytes: new TokenBucket(rate.bytesPerSecond, rate.byteBurst, nowMs),
  };
}
