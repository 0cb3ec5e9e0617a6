import type { ClientEvents, ServerEvents } from '@app/contracts';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';

export type StationServer = Server<ClientEvents, ServerEvents, DefaultEventsMap, unknown>;
export type StationSocket = Socket<ClientEvents, ServerEvents, DefaultEventsMap, unknown>;
