import type { Waveform } from '@app/contracts';
import { request } from 'node:http';
import type { Socket as TcpSocket } from 'node:net';
import { type GatewayApp, until } from './gateway-app.js';

/** A WebSocket of its own, so that it can stop reading. */
export class SlowClient {
  readonly waveforms: Waveform[] = [];
  /** Packets of engine.io and socket.io that are no waveform. */
  private readonly others: string[] = [];
  private text = Buffer.alloc(0);

  private constructor(private readonly socket: TcpSocket) {
    socket.on('data', (bytes: Buffer) => this.take(bytes));
  }

  static async watch(
    { url, headers }: Pick<GatewayApp, 'url' | 'headers'>,
    room: string,
  ): Promise<SlowClient> {
    const socket = await new Promise<TcpSocket>((resolve, reject) => {
      const upgrade = request(`${url}/socket.io/?EIO=4&transport=websocket`, {
        headers: {
          ...headers,
          Connection: 'Upgrade',
          Upgrade: 'websocket',
          'Sec-WebSocket-Version': '13',
          'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
        },
      });
      upgrade.on('upgrade', (_response, tcp, head) => {
        tcp.unshift(head);
        resolve(tcp);
      });
      upgrade.on('error', reject);
      upgrade.end();
    });
    const client = new SlowClient(socket);
    client.send('40');
    await until(() => (client.others.some((text) => text.startsWith('40')) ? true : null));
    client.send(`420${JSON.stringify(['watch', room])}`);
    await until(() => (client.others.some((text) => text.startsWith('430')) ? true : null));
    return client;
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  close(): void {
    this.socket.destroy();
  }

  /** A masked text frame of less than 126 bytes. */
  private send(text: string): void {
    const payload = Buffer.from(text);
    this.socket.write(
      Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]),
    );
  }

  private take(bytes: Buffer): void {
    this.text = Buffer.concat([this.text, bytes]);
    for (;;) {
      const short = (this.text[1] ?? 0) & 0x7f;
      const header = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (this.text.length < header) return;
      const length =
        short < 126
          ? short
          : short === 126
            ? this.text.readUInt16BE(2)
            : Number(this.text.readBigUInt64BE(2));
      if (this.text.length < header + length) return;
      const text = this.text.subarray(header, header + length).toString();
      this.text = this.text.subarray(header + length);
      if (text === '2') this.send('3');
      if (text.startsWith('42["waveform"')) this.waveforms.push(JSON.parse(text.slice(2))[1]);
      else this.others.push(text);
    }
  }
}
