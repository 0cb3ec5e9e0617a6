import type { CDPSession, Page } from 'playwright-core';

interface Picture {
  atMs: number;
  data: string;
}

/** What stands on the glass, taken from outside of the page: its own program may hang. */
export class Screencast {
  private readonly pictures: Picture[] = [];

  private constructor(private readonly session: CDPSession) {}

  /** Begins now. */
  static async of(page: Page): Promise<Screencast> {
    const session = await page.context().newCDPSession(page);
    const cast = new Screencast(session);
    session.on('Page.screencastFrame', ({ data, sessionId }) => {
      cast.pictures.push({ atMs: Date.now(), data });
      // A page that is closed takes no more.
      session.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
    });
    await session.send('Page.startScreencast', { format: 'png', maxWidth: 360, maxHeight: 225 });
    return cast;
  }

  async stop(): Promise<void> {
    await this.session.send('Page.stopScreencast');
    await this.session.detach();
  }

  /**
   * The colours of some points at a time, ms since 1970.
   * @param reader a page that runs
   * @param points in shares of width and height
   */
  async coloursAt(reader: Page, atMs: number, points: [x: number, y: number][]) {
    const picture = this.pictures.findLast((one) => one.atMs <= atMs);
    if (picture === undefined) throw new Error('nothing was drawn yet');
    const look = `(async () => {
      const image = new Image();
      image.src = 'data:image/png;base64,${picture.data}';
      await image.decode();
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
      context.drawImage(image, 0, 0);
      return ${JSON.stringify(points)}.map(([x, y]) =>
        [...context.getImageData(x * image.width, y * image.height, 1, 1).data].slice(0, 3));
    })()`;
    return reader.evaluate<[number, number, number][]>(look);
  }
}
