import type {
  ClientEvents,
  Heartbeat,
  Reply,
  Room,
  ServerEvents,
  Snapshot,
  Update,
  Waveform,
} from '@app/contracts';
import { type Socket, io } from 'socket.io-client';

/** What a connection to the station tells. */
export interface LinkListener {
  linked(): void;
  unlinked(): void;
  heartbeat(message: Heartbeat): void;
  update(message: Update): void;
  waveform(message: Waveform): void;
}

/** How long the station may take to answer, ms. */
const ANSWER_MS = 5000;

/** The socket to the station. Reconnects by itself, remembers nothing: what was lost is repaired by a snapshot. */
export class StationLink {
  private readonly socket: Socket<ServerEvents, ClientEvents> = io({
    transports: ['websocket'],
    autoConnect: false,
    reconnectionDelay: 300,
    reconnectionDelayMax: 1500,
    timeout: 4000,
  });

  open(listener: LinkListener): void {
    const { socket } = this;
    socket.on('connect', () => listener.linked());
    socket.on('disconnect', (reason) => {
      listener.unlinked();
      // The station itself ended it: socket.io does not come back by itself from that.
      if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 1000);
    });
    socket.on('heartbeat', (message) => listener.heartbeat(message));
    socket.on('update', (message) => listener.update(message));
    socket.on('waveform', (message) => listener.waveform(message));
    socket.connect();
  }

  /** Drops the connection, which may be dead without anybody having said so, and opens another. */
  reopen(): void {
    this.socket.disconnect();
    this.socket.connect();
  }

  /** Rejects when the station does not answer or does not want to. */
  async watch(room: Room): Promise<Snapshot> {
    const answer = await this.socket.timeout(ANSWER_MS).emitWithAck('watch', room);
    if ('error' in answer) throw new Error(answer.error);
    return answer;
  }

  unwatch(room: Room): void {
    if (this.socket.connected) this.socket.emit('unwatch', room);
  }

  async acknowledge(request: Parameters<ClientEvents['acknowledge']>[0]): Promise<Reply> {
    if (!this.socket.connected)
      return { ok: false, error: 'There is no connection to the station.' };
    try {
      return await this.socket.timeout(ANSWER_MS).emitWithAck('acknowledge', request);
    } catch {
      return { ok: false, error: 'The station did not answer. Try again.' };
    }
  }
}
