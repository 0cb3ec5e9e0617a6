import { Inject, Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { METRICS } from '../platform/tokens.js';

@Injectable()
export class GatewayMetrics {
  readonly clients: Gauge;
  readonly updates: Counter;
  readonly endToEndSeconds: Histogram;
  readonly waveforms: Counter;
  readonly waveformsDropped: Counter;
  /** By `reason`: see `refuse`. */
  readonly refused: Counter;
  readonly acknowledgements: Counter;
  readonly audioPauses: Counter;

  constructor(@Inject(METRICS) registry: Registry) {
    const registers = [registry];
    this.clients = new Gauge({
      name: 'vigil_gateway_clients',
      help: 'Dashboards connected now.',
      registers,
    });
    this.updates = new Counter({
      name: 'vigil_gateway_updates_total',
      help: 'Numbered updates sent to rooms.',
      registers,
    });
    this.endToEndSeconds = new Histogram({
      name: 'vigil_gateway_end_to_end_seconds',
      help: "From the arrival of a window's last sample at the broker to the event on the socket.",
      buckets: [0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 5, 10],
      registers,
    });
    this.waveforms = new Counter({
      name: 'vigil_gateway_waveforms_total',
      help: 'Waveform messages sent.',
      registers,
    });
    this.waveformsDropped = new Counter({
      name: 'vigil_gateway_waveforms_dropped_total',
      help: 'Waveform messages dropped, oldest first, because a client was slow.',
      registers,
    });
    this.refused = new Counter({
      name: 'vigil_gateway_refused_total',
      help: 'Events, connections and requests refused, by reason.',
      labelNames: ['reason'],
      registers,
    });
    this.acknowledgements = new Counter({
      name: 'vigil_gateway_acknowledgements_total',
      help: 'Acknowledgements of alarms appended to the journal.',
      registers,
    });
    this.audioPauses = new Counter({
      name: 'vigil_gateway_audio_pauses_total',
      help: 'Pauses of the sound of alarms appended to the journal.',
      registers,
    });
  }
}
