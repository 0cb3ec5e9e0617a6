import type { DeviceRecord, DeviceStore } from '@app/registry';
import { Inject, Injectable } from '@nestjs/common';
import { DEVICES } from '../platform/tokens.js';
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
  constructor(@Inject(DEVICES) private readonly devices: DeviceStore) {}

  async authenticate(request: ConnectRequest, password: Uint8Array): Promise<Authenticated> {
    const verdict = judgeConnect(request);
    if (!verdict.ok) return verdict;
    let record: DeviceRecord | null;
    try {
      record = await this.devices.verify(request.clientId, Buffer.from(password).toString('utf8'));
    } catch (error) {
      return refuse(CONNACK.serverUnavailable, 'overloaded', String(error));
    }
    return record === null
      ? refuse(CONNACK.badUserNameOrPassword, 'bad-credentials', 'unknown device or wrong secret')
      : { ok: true, record };
  }
}

function refuse(
  code: Extract<ConnectVerdict, { ok: false }>['code'],
  reason: Extract<ConnectVerdict, { ok: false }>['reason'],
  detail: string,
): Extract<ConnectVerdict, { ok: false }> {
  return { ok: false, code, reason, detail };
}
