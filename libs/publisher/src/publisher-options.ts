import type { BackoffOptions } from './backoff.js';
import type { DownlinkListeners } from './downlink.js';
import type { Outbox, OutboxCounts } from './outbox.js';
import type { PublishMode } from './send-order.js';

export interface WearablePublisherOptions extends DownlinkListeners {
  url: string;
  device: string;
  secret: string;
  bootId: string;
  mode: PublishMode;
  /** The device's monotonic clock, µs since boot. */
  monotonicUs: () => number;
  /**
   * TLS: the only certificate, or root of it, that is trusted, whatever names it has; PEM, read with every connection. Default:
   * what the machine trusts. Not in browsers.
   */
  trusted?: () => string;
  /** Default: in memory. */
  outbox?: Outbox;
  /** Frames sent and not yet acknowledged, at most. Default 16. */
  inFlight?: number;
  /** Mode `recording`: `publish` waits while this many frames wait. Default 64. */
  waitingFrames?: number;
  keepAliveSeconds?: number;
  connectTimeoutMs?: number;
  backoff?: BackoffOptions;
  /** 0 to 1; spreads reconnects. Default `Math.random`. */
  random?: () => number;
  /** Name and version of the program, for the status message. */
  software?: string;
  onState?: (state: PublisherState) => void;
}

export type PublisherState =
  | { state: 'connecting' }
  | { state: 'online' }
  /** `retryMs`: null while there is no network, until somebody says that it is back. */
  | { state: 'offline'; reason: string; retryMs: number | null }
  | { state: 'refused'; reason: string; retryMs: number };

export interface PublisherCounts extends OutboxCounts {
  connections: number;
  inFlight: number;
  sentLive: number;
  sentBackfill: number;
  acknowledged: number;
  /** Downlink messages that were not understood. */
  badDownlinks: number;
}
