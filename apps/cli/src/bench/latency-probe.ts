import type { ClientEvents, ServerEvents, Update } from '@app/contracts';
import { type Socket, io } from 'socket.io-client';

/**
 * Watches the ward as a dashboard does, and measures from the publishing of a window's last sample to the event that
 * brings its result. Both are read from this process's clock.
 */
export class LatencyProbe {
  private readonly socket: Socket<ServerEvents, ClientEvents>;
  private readonly windows = new Map<string, { publishedMs: number; latencyMs: number | null }>();

  /**
   * @param ward the ward that it watches.
   * @param headers those of a session that sees it.
   */
  constructor(gatewayUrl: string, ward: string, headers: { cookie: string }) {
    this.socket = io(gatewayUrl, { transports: ['websocket'], extraHeaders: headers });
    this.socket.on('connect', () => this.socket.emit('watch', `ward/${ward}`, () => undefined));
    this.socket.on('update', (update) => this.take(update));
  }

  /** The frame with the window's last sample is about to be published. */
  publishing(device: string, bootId: string, window: number): void {
    this.windows.set(`${device}/${bootId}/${window}`, {
      publishedMs: performance.now(),
      latencyMs: null,
    });
  }

  /** Of the windows published between two times of `performance.now()`: how many, and the latencies of those that came. */
  between(fromMs: number, toMs: number): { published: number; latenciesMs: number[] } {
    const windows = [...this.windows.values()].filter(
      ({ publishedMs }) => publishedMs >= fromMs && publishedMs < toMs,
    );
    const latenciesMs = windows.flatMap(({ latencyMs }) => latencyMs ?? []);
    return { published: windows.length, latenciesMs };
  }

  close(): void {
    this.socket.disconnect();
  }

  private take({ patients }: Update): void {
    const nowMs = performance.now();
    for (const { vital } of patients) {
      if (vital === null) continue;
      const window = this.windows.get(`${vital.device}/${vital.bootId}/${vital.window}`);
      if (window !== undefined) window.latencyMs ??= nowMs - window.publishedMs;
    }
  }
}
