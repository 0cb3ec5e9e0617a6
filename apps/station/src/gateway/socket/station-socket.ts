import type { ClientEvents, ServerEvents, Session } from '@app/contracts';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';

/** Whose socket it is: set before it is connected. */
export interface SocketSession {
  /** The secret of the session's cookie. */
  token: string;
  /** As it was when it was asked for last. */
  session: Session;
  /** When it must be asked for again whatever happens, station's clock, ms. */
  askAgainMs: number;
}

export type StationServer = Server<ClientEvents, ServerEvents, DefaultEventsMap, SocketSession>;
export type StationSocket = Socket<ClientEvents, ServerEvents, DefaultEventsMap, SocketSession>;
