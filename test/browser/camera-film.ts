import { writeFileSync } from 'node:fs';
import { encodeQR } from 'qr';

const WIDTH = 640;
const HEIGHT = 480;
/** Pixels per module of the code: as a label at arm's length. */
const SCALE = 8;
const GREY = 128;
const PAPER = 235;
const INK = 16;

/** Writes a film (YUV4MPEG2, 4:2:0) of a sheet of paper with a code on it: what Chromium takes for its camera. */
export function filmCode(path: string, text: string): void {
  const luma = Buffer.alloc(WIDTH * HEIGHT, GREY);
  const rows = encodeQR(text, 'raw', { border: 4 });
  const side = rows.length * SCALE;
  const [left, top] = [(WIDTH - side) >> 1, (HEIGHT - side) >> 1];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const isDark = rows[Math.floor(y / SCALE)]?.[Math.floor(x / SCALE)] === true;
      luma[(top + y) * WIDTH + left + x] = isDark ? INK : PAPER;
    }
  }
  const colourless = Buffer.alloc((WIDTH * HEIGHT) / 2, GREY);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, colourless]);
  const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(path, Buffer.concat([header, frame, frame]));
}
