import { Inject, Injectable } from '@nestjs/common';
import type { PersonInfo } from '@app/contracts';
import { type Registry, STATION } from '@app/registry';
import { REGISTRY } from '../../platform/tokens.js';
import { ACCESS_LIMITS } from './access-limits.js';
import { AccessMetrics } from './access-metrics.js';
import { BoundedLimiter } from './bounded-limiter.js';
import { SignInPace, type TryOrigin } from './sign-in-pace.js';

export type Verdict =
  | { outcome: 'right'; person: PersonInfo }
  | { outcome: 'wrong' }
  | { outcome: 'wait'; waitMs: number };

/** Looks at a name and its password, not faster than `SignInPace` lets, and tells the audit of what was refused. */
@Injectable()
export class SignIn {
  private readonly pace = new SignInPace();
  private readonly audited = new BoundedLimiter(
    ACCESS_LIMITS.refusalsAudited,
    ACCESS_LIMITS.paceSeconds,
    1,
  );

  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    private readonly metrics: AccessMetrics,
  ) {}

  async verify(origin: TryOrigin, name: string, password: string): Promise<Verdict> {
    const counted = countedName(name);
    const pace = await this.pace.take(origin, counted);
    if (pace.outcome === 'wait') {
      this.metrics.signIns.inc({ outcome: 'slowed' });
      return pace;
    }
    const person = await this.registry.people.verify(name, password);
    if (person !== null) {
      await this.pace.succeeded(origin, counted);
      this.metrics.signIns.inc({ outcome: 'right' });
      return { outcome: 'right', person };
    }
    this.metrics.signIns.inc({ outcome: 'wrong' });
    // a flood leaves two entries for each name and address: that it began, and that it has to wait
    if (pace.first) await this.tellAudit('session.refused', origin, counted);
    if (pace.last) await this.tellAudit('session.slowed', origin, counted);
    return { outcome: 'wrong' };
  }

  /** Names nobody who is not in the list: people type their password into the wrong field. */
  private async tellAudit(action: string, { address }: TryOrigin, counted: string): Promise<void> {
    const { waitMs } = await this.audited.take('all');
    if (waitMs > 0) {
      this.metrics.refusalsNotAudited.inc();
      return;
    }
    const people = await this.registry.people.list();
    const meant = people.find(({ name }) => countedName(name) === counted);
    await this.registry.audit.note(STATION, {
      action,
      subjectType: 'person',
      subject: meant?.person ?? 'unknown',
      ward: null,
      reason: null,
      after: { address },
    });
  }
}

/** Spellings that may be meant for one name are counted as one. */
export function countedName(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
