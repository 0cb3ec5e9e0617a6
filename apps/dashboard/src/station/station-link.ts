import type {
  ClientEvents,
  Heartbeat,
  Reply,
  Room,
  ServerEvents,
  Session,
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
  /** The station says who this is now; null: nobody any more. */
  session(session: Session | null): void;
  /** There is an answer, but no connection: perhaps nobody is signed in. */
  refused(): void;
}

/** What a room answers: its state, or why it stays closed. */
export type Watched = { ok: true; snapshot: Snapshot } | { ok: false; reason: string };

/** How long the station may take to answer, ms. */
const ANSWER_MS = 5000;

/** How long to wait after a refusal, ms. */
const REFUSED_AGAIN_MS = 1000;

type TimedSocket = ReturnType<Socket<ServerEvents, ClientEvents>['timeout']>;

/** The socket to the station. Reconnects by itself, remembers nothing: what was lost is repaired by a snapshot. */
export class StationLink {
  private readonly socket: Socket<ServerEvents, ClientEvents> = io({
    transports: ['websocket'],
    autoConnect: false,
    reconnectionDelay: 300,
    reconnectionDelayMax: 1500,
    timeout: 4000,
  });

  private wanted = false;

  listen(listener: LinkListener): void {
    const { socket } = this;
    socket.on('connect', () => listener.linked());
    socket.on('disconnect', (reason) => {
      listener.unlinked();
      // The station itself ended it: socket.io does not come back by itself from that.
      if (reason === 'io server disconnect') {
        listener.refused();
        this.connectSoon();
      }
    });
    socket.on('connect_error', () => {
      listener.refused();
      // An answer that refuses ends the attempts, a silence does not.
      if (!socket.active) this.connectSoon();
    });
    socket.on('heartbeat', (message) => listener.heartbeat(message));
    socket.on('update', (message) => listener.update(message));
    // Whatever the page does: a hidden tab has received it too.
    socket.on('canary', (_message, seen) => seen());
    socket.on('waveform', (message) => listener.waveform(message));
    socket.on('session', (session) => listener.session(session));
  }

  open(): void {
    this.wanted = true;
    this.socket.connect();
  }

  close(): void {
    this.wanted = false;
    this.socket.disconnect();
  }

  private connectSoon(): void {
    setTimeout(() => {
      if (this.wanted) this.socket.connect();
    }, REFUSED_AGAIN_MS);
  }

  /** Drops the connection, which may be dead without anybody having said so, and opens another. */
  reopen(): void {
    if (!this.wanted) return;
    this.socket.disconnect();
    this.socket.connect();
  }

  /** Rejects when the station does not answer. */
  async watch(room: Room): Promise<Watched> {
    const answer = await this.socket.timeout(ANSWER_MS).emitWithAck('watch', room);
    return 'error' in answer ? { ok: false, reason: answer.error } : { ok: true, snapshot: answer };
  }

  /** The station's time, ms since 1970. Rejects when the station does not answer. */
  async now(): Promise<number> {
    const answer: { serverMs?: number } = await this.socket.timeout(ANSWER_MS).emitWithAck('now');
    if (answer.serverMs === undefined) throw new Error('the station refused to say');
    return answer.serverMs;
  }

  unwatch(room: Room): void {
    if (this.socket.connected) this.socket.emit('unwatch', room);
  }

  acknowledge(request: Parameters<ClientEvents['acknowledge']>[0]): Promise<Reply> {
    return this.ask((socket) => socket.emitWithAck('acknowledge', request));
  }

  pauseAudio(request: Parameters<ClientEvents['pause-audio']>[0]): Promise<Reply> {
    return this.ask((socket) => socket.emitWithAck('pause-audio', request));
  }

  private async ask(emit: (socket: TimedSocket) => Promise<Reply>): Promise<Reply> {
    if (!this.socket.connected)
      return { ok: false, error: 'There is no connection to the station.' };
    try {
      return await emit(this.socket.timeout(ANSWER_MS));
    } catch {
      return { ok: false, error: 'The station did not answer. Try again.' };
    }
  }
}
