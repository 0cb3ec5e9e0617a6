import { Inject, Injectable } from '@nestjs/common';
import { Counter, type Registry } from 'prom-client';
import { METRICS } from '../../platform/tokens.js';

@Injectable()
export class AccessMetrics {
  /** By `outcome`: `right`, `wrong`, `slowed`. */
  readonly signIns: Counter;
  readonly refusalsNotAudited: Counter;
  readonly sessionsEnded: Counter;

  constructor(@Inject(METRICS) registry: Registry) {
    const registers = [registry];
    this.signIns = new Counter({
      name: 'vigil_sign_ins_total',
      help: 'Passwords tried, by what came of it.',
      labelNames: ['outcome'],
      registers,
    });
    this.refusalsNotAudited = new Counter({
      name: 'vigil_sign_in_refusals_not_audited_total',
      help: 'Refused sign-ins that the audit did not take because it had taken so many just before.',
      registers,
    });
    this.sessionsEnded = new Counter({
      name: 'vigil_live_sessions_ended_total',
      help: 'Sockets closed because their session had ended.',
      registers,
    });
  }
}
