import { WIRE_LIMITS, type Origin } from '@app/contracts';

/** How much one device may send on one topic. Over it the acknowledgement comes late; nothing is dropped. */
export interface Rate {
  messagesPerSecond: number;
  messageBurst: number;
  bytesPerSecond: number;
  /** At least one whole frame, or a large frame could never pass. */
  byteBurst: number;
}

const KIBIBYTE = 1024;

/** Every bound of the broker, in one place. docs/wire.md prints this table; each is counted and tested. */
export const BROKER_LIMITS = {
  /** Open connections. One more is closed at once: `refused{reason="connections"}`. */
  connections: 2048,
  /** Open connections that have not authenticated yet. One more is closed at once: `refused{reason="unauthenticated"}`. */
  unauthenticatedConnections: 512,
  /** From the TCP connection to a complete CONNECT packet, ms. Then closed: `refused{reason="connect-timeout"}`. */
  connectTimeoutMs: 5_000,
  /** From the TCP connection to the end of the TLS handshake, ms. Then closed; the sockets that shake hands are bounded too. */
  tlsHandshakeMs: 5_000,
  /** Longest keep-alive that a client may ask for, s; none (0) is refused too: CONNACK 5. */
  keepAliveSeconds: 60,
  /** How long a client may leave what was sent to it unread while its socket is full, ms. Then closed. */
  drainTimeoutMs: 10_000,
  /** Levels of a topic. A deeper one closes the connection. */
  topicLevels: 4,
  /** Body of a CONNECT packet, bytes: names, secret and last will. */
  connectBytes: 2 * KIBIBYTE,
  /** Body of a PUBLISH packet, bytes: the largest frame and some room, so that a slightly larger one gets an answer. */
  publishBytes: WIRE_LIMITS.frameBytes + 4 * KIBIBYTE,
  /** Body of any other packet, bytes. A larger packet closes the connection before it is read. */
  controlBytes: KIBIBYTE,
  /** Payload of a status message and of a last will, bytes. */
  statusBytes: KIBIBYTE,
  /** Packets of all kinds on one connection, per second and at once. Over it the socket is read later. */
  packetsPerSecond: 200,
  packetBurst: 400,
  /** The same for a recording that is played as fast as it will go. */
  replayPacketsPerSecond: 20_000,
  replayPacketBurst: 20_000,
  /** PUBLISH packets of one connection that are not acknowledged yet. Over it the socket is read later. */
  publishesInFlight: 32,
  /** The same over all connections: with the largest frames 64 MiB. */
  publishesInFlightTotal: 4096,
  /** Sessions that one device may begin: at once, and per minute after that. Over it CONNACK 3. */
  sessionBurst: 60,
  sessionsPerMinute: 60,
  /** Malformed or forbidden messages of one device: at once, and per minute after that. Over it the connection is closed. */
  malformedBurst: 20,
  malformedPerMinute: 20,
  /** Least time between two error messages of one reason to one device, and between two log lines of one reason, ms. */
  reportIntervalMs: 10_000,
  /** How long a connection stays to deliver the last acknowledgement and error message before it is closed, ms. */
  closeGraceMs: 100,
  /** An acknowledgement later than this because of the rate is reported to the device, ms. */
  slowedReportMs: 1_000,
  /** Unread downlink of one connection, bytes. Over it vital signs are dropped and an alarm closes the connection. */
  downlinkBytes: 64 * KIBIBYTE,
  /** Devices whose allowance is remembered after they have gone; the one unused for longest is forgotten first. */
  rememberedAllowances: 8192,
} as const;

const RATES = {
  /** Frames of 0.25 s need 4 messages per second. */
  frames: rate(5, 20, 64 * KIBIBYTE, 128 * KIBIBYTE),
  /** A backlog drains ten times as fast as it grows. */
  backfill: rate(50, 100, 256 * KIBIBYTE, 512 * KIBIBYTE),
  /** Status messages, and whatever is sent where nothing may be sent. */
  status: rate(1, 10, 2 * KIBIBYTE, 64 * KIBIBYTE),
} as const;

export type PacedTopic = keyof typeof RATES;

/** A recording may be played at any speed: what bounds it is the journal. */
const REPLAY_RATE = rate(10_000, 10_000, 64 * KIBIBYTE ** 2, 64 * KIBIBYTE ** 2);

export function rateOf(origin: Origin, topic: PacedTopic): Rate {
  return origin === 'replay' && topic !== 'status' ? REPLAY_RATE : RATES[topic];
}

function rate(
  messagesPerSecond: number,
  messageBurst: number,
  bytesPerSecond: number,
  byteBurst: number,
): Rate {
  return { messagesPerSecond, messageBurst, bytesPerSecond, byteBurst };
}
