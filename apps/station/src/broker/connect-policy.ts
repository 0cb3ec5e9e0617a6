import { NAME_PATTERN } from '@app/contracts';
import { BROKER_LIMITS } from './limits.js';
import { parseStatus } from './status.js';
import { publishable } from './topic-policy.js';

/** Return codes of CONNACK, MQTT 3.1.1 table 3.1. */
export const CONNACK = {
  identifierRejected: 2,
  serverUnavailable: 3,
  badUserNameOrPassword: 4,
  notAuthorized: 5,
} as const;
export type ConnackCode = (typeof CONNACK)[keyof typeof CONNACK];

/** Why a connection never became a session; the `reason` of the metric. */
export type ConnectRefusal =
  | 'bad-identifier'
  | 'persistent-session'
  | 'keep-alive'
  | 'bad-will'
  | 'bad-credentials'
  | 'overloaded'
  | 'too-many-sessions';

export interface ConnectRequest {
  clientId: string;
  username: string | undefined;
  clean: boolean;
  keepAliveSeconds: number;
  will: { topic: string; payload: Uint8Array } | undefined;
}

export type ConnectVerdict =
  { ok: true } | { ok: false; code: ConnackCode; reason: ConnectRefusal; detail: string };

/** Everything that can be said of a CONNECT packet before its secret is verified. */
export function judgeConnect(request: ConnectRequest): ConnectVerdict {
  const { clientId, username, keepAliveSeconds, will } = request;
  if (username === undefined)
    return no(CONNACK.badUserNameOrPassword, 'bad-credentials', 'no user name');
  if (clientId !== username || !NAME_PATTERN.test(clientId)) {
    return no(
      CONNACK.identifierRejected,
      'bad-identifier',
      'client id and user name must be the device’s name',
    );
  }
  if (!request.clean) {
    return no(
      CONNACK.notAuthorized,
      'persistent-session',
      'clean session must be set: the device keeps what is not acknowledged',
    );
  }
  if (keepAliveSeconds === 0 || keepAliveSeconds > BROKER_LIMITS.keepAliveSeconds) {
    return no(
      CONNACK.notAuthorized,
      'keep-alive',
      `keep-alive must be 1 s to ${BROKER_LIMITS.keepAliveSeconds} s`,
    );
  }
  if (will !== undefined && publishable(clientId, will.topic) !== 'status') {
    return no(
      CONNACK.notAuthorized,
      'bad-will',
      'a last will must be on the device’s own status topic',
    );
  }
  if (will !== undefined && !parseStatus(will.payload).ok) {
    return no(CONNACK.notAuthorized, 'bad-will', 'the last will is no status message');
  }
  return { ok: true };
}

function no(code: ConnackCode, reason: ConnectRefusal, detail: string): ConnectVerdict {
  return { ok: false, code, reason, detail };
}
