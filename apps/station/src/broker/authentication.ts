import type { DeviceRecord, DeviceStore } from '@app/registry';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../platform/clock.js';
import { CLOCK, DEVICES } from '../platform/tokens.js';
import { Allowances } from './allowance.js';
import {
  CONNACK,
  type ConnectRequest,
  type ConnectVerdict,
  judgeConnect,
} from './connect-policy.js';

export type Authenticated =
  { ok: true; record: DeviceRecord } | Extract<ConnectVerdict, { ok: false }>;

/** Decides who may connect: the device's own name as client id and user name, its secret as password. */
@Injectable()
export class Authentication {
  constructor(
    @Inject(DEVICES) private readonly devices: DeviceStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly allowances: Allowances,
  ) {}

  async authenticate(request: ConnectRequest, password: Uint8Array): Promise<Authenticated> {
    const verdict = judgeConnect(request);
    if (!verdict.ok) return verdict;
    let record: DeviceRecord | null;
    try {
      record = await this.devices.verify(request.clientId, Buffer.from(password).toString('utf8'));
    } catch (error) {
      return refuse(CONNACK.serverUnavailable, 'overloaded', String(error));
    }
    if (record === null)
      return refuse(
        CONNACK.badUserNameOrPassword,
        'bad-credentials',
        'unknown device or wrong secret',
      );
    const nowMs = this.clock.nowMs();
    const { sessions } = this.allowances.of(record.device, record.origin, nowMs);
    if (sessions.waitMs(1, nowMs) > 0)
      return refuse(CONNACK.serverUnavailable, 'too-many-sessions', record.device);
    sessions.take(1, nowMs);
    return { ok: true, record };
  }
}

function refuse(
  code: Extract<ConnectVerdict, { ok: false }>['code'],
  reason: Extract<ConnectVerdict, { ok: false }>['reason'],
  detail: string,
): Extract<ConnectVerdict, { ok: false }> {
  return { ok: false, code, reason, detail };
}
