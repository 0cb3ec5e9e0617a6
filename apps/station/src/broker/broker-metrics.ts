import { Inject, Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { METRICS } from '../platform/tokens.js';

/** What the gauges show at the moment of a scrape. */
export interface BrokerState {
  connections: number;
  unauthenticated: number;
  /** Messages that wait because their device is over its rate. */
  waiting: number;
  inFlight: number;
  /** Frames waiting in the outboxes of the connected devices. */
  deviceBacklog: number;
}

/** What the broker counts. */
@Injectable()
export class BrokerMetrics {
  /** Set by the server once it runs. */
  state: () => BrokerState = () => ({
    connections: 0,
    unauthenticated: 0,
    waiting: 0,
    inFlight: 0,
    deviceBacklog: 0,
  });
  readonly framesAccepted;
  readonly frameBytes;
  readonly framesRejected;
  readonly framesUnassigned;
  readonly refused;
  readonly disconnects;
  readonly slowed;
  readonly slowedSeconds;
  readonly appendSeconds;
  readonly appendFailures;
  readonly statusMessages;
  readonly subscriptionsRefused;
  readonly downlinkSent;
  readonly downlinkDropped;

  constructor(@Inject(METRICS) registry: Registry) {
    const registers = [registry];
    const counter = <T extends string = never>(name: string, help: string, labelNames: T[] = []) =>
      new Counter({ name, help, labelNames, registers });
    const state = () => this.state();
    const gauge = (name: string, help: string, key: keyof BrokerState) =>
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(state()[key]);
        },
      });

    this.framesAccepted = counter(
      'vigil_frames_accepted_total',
      'Frames that are durable in the journal, by lane.',
      ['lane'],
    );
    this.frameBytes = counter(
      'vigil_frames_received_bytes_total',
      'Payload bytes on the topics frames and backfill, by lane.',
      ['lane'],
    );
    this.framesRejected = counter(
      'vigil_frames_rejected_total',
      'Messages that were acknowledged and dropped, by reason.',
      ['reason'],
    );
    this.framesUnassigned = counter(
      'vigil_broker_frames_unassigned_total',
      'Frames that are durable and belong to no patient: nobody wore the device then, or the time is not known well enough.',
      ['reason'],
    );
    gauge('vigil_mqtt_connections', 'Open MQTT connections.', 'connections');
    gauge(
      'vigil_mqtt_unauthenticated_connections',
      'Open MQTT connections that have not authenticated yet.',
      'unauthenticated',
    );
    this.refused = counter(
      'vigil_mqtt_refused_total',
      'MQTT connections that never became a session, by reason.',
      ['reason'],
    );
    this.disconnects = counter('vigil_mqtt_disconnects_total', 'Sessions that ended, by reason.', [
      'reason',
    ]);
    this.slowed = counter(
      'vigil_mqtt_slowed_total',
      'Messages that waited because their device is over its rate, by topic.',
      ['topic'],
    );
    this.slowedSeconds = counter(
      'vigil_mqtt_slowed_seconds_total',
      'Time that messages waited because their device is over its rate, by topic.',
      ['topic'],
    );
    gauge(
      'vigil_mqtt_waiting_publishes',
      'Messages that wait because their device is over its rate.',
      'waiting',
    );
    gauge(
      'vigil_mqtt_publishes_in_flight',
      'Messages that were read from sockets and are not acknowledged yet.',
      'inFlight',
    );
    this.appendSeconds = new Histogram({
      name: 'vigil_broker_append_seconds',
      help: 'From a valid frame to its being durable in the journal.',
      buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
      registers,
    });
    this.appendFailures = counter(
      'vigil_broker_append_failures_total',
      'Records that the journal did not take.',
    );
    this.statusMessages = counter('vigil_device_status_total', 'Valid status messages.');
    this.subscriptionsRefused = counter(
      'vigil_mqtt_subscriptions_refused_total',
      'Topic filters that a device may not subscribe to.',
    );
    this.downlinkSent = counter(
      'vigil_downlink_sent_total',
      'Messages written to devices, by channel.',
      ['channel'],
    );
    this.downlinkDropped = counter(
      'vigil_downlink_dropped_total',
      'Messages not written because the device does not read, by channel.',
      ['channel'],
    );
    gauge(
      'vigil_device_waiting_frames',
      'Frames waiting in the outboxes of the connected devices, by their own account.',
      'deviceBacklog',
    );
  }
}
