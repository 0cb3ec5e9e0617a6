import { CANARY } from '@app/contracts';
import type { DeviceEntry, Registry } from '@app/registry';
import { Inject, Injectable } from '@nestjs/common';
import { CanaryDevice } from '../canary/canary-device.js';
import type { Clock } from '../platform/clock.js';
import { CLOCK, REGISTRY } from '../platform/tokens.js';
import { Allowances } from './allowance.js';
import {
  CONNACK,
  type ConnectRequest,
  type ConnectVerdict,
  judgeConnect,
} from './connect-policy.js';

export type Authenticated =
  { ok: true; entry: DeviceEntry } | Extract<ConnectVerdict, { ok: false }>;

/** Decides who may connect: the device's own name as client id and user name, its secret as password. */
@Injectable()
export class Authentication {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly allowances: Allowances,
    private readonly canary: CanaryDevice,
  ) {}

  async authenticate(request: ConnectRequest, password: Uint8Array): Promise<Authenticated> {
    const verdict = judgeConnect(request);
    if (!verdict.ok) return verdict;
    let entry: DeviceEntry | null;
    try {
      const secret = Buffer.from(password).toString('utf8');
      entry =
        request.clientId === CANARY
          ? this.canary.verify(secret)
          : await this.registry.devices.verify(request.clientId, secret);
    } catch (error) {
      return refuse(CONNACK.serverUnavailable, 'overloaded', String(error));
    }
    if (entry === null)
      return refuse(
        CONNACK.badUserNameOrPassword,
        'bad-credentials',
        'unknown device or wrong secret',
      );
    const nowMs = this.clock.nowMs();
    const { sessions } = this.allowances.of(entry.device, entry.origin, nowMs);
    if (sessions.waitMs(1, nowMs) > 0)
      return refuse(CONNACK.serverUnavailable, 'too-many-sessions', entry.device);
    sessions.take(1, nowMs);
    return { ok: true, entry };
  }
}

function refuse(
  code: Extract<ConnectVerdict, { ok: false }>['code'],
  reason: Extract<ConnectVerdict, { ok: false }>['reason'],
  detail: string,
): Extract<ConnectVerdict, { ok: false }> {
  return { ok: false, code, reason, detail };
}
