import type { LinkRecord, StrayDevice, StrayRecord } from '@app/contracts';
import { type DeviceLink, DeviceLinks } from './device-links.js';
import { type StrayView, isShownStray, withStray, withStrayLink } from './stray-view.js';

/** The devices whose samples are nobody's. */
export class StrayBoard {
  private readonly views = new Map<string, StrayView>();
  /** The latest tick: what passes with time alone passes by the record's clock. */
  private clockMs = 0;

  constructor(
    private readonly links: DeviceLinks,
    /** Devices that somebody wears now. */
    private readonly worn: () => ReadonlySet<string>,
  ) {}

  get isEmpty(): boolean {
    return this.views.size === 0;
  }

  /** @returns whether it is news. */
  applyStray(record: StrayRecord): boolean {
    return this.set(record.device, withStray(this.views.get(record.device), record));
  }

  /** @param link of a device that nobody wears. @returns whether it is news. */
  applyLink(link: LinkRecord): boolean {
    return this.set(link.device, withStrayLink(this.views.get(link.device), link));
  }

  /**
   * Devices that have been away for long are forgotten.
   * @returns whether others are shown than before, and which were forgotten.
   */
  pass(tickMs: number): { changed: boolean; forgotten: string[] } {
    if (this.isEmpty) {
      this.clockMs = Math.max(this.clockMs, tickMs);
      return { changed: false, forgotten: [] };
    }
    const before = this.list().length;
    this.clockMs = Math.max(this.clockMs, tickMs);
    const worn = this.worn();
    const forgotten = [...this.views.values()]
      .filter(({ device }) => !worn.has(device))
      .filter((view) => !isShownStray(view, false, this.linkOf(view), this.clockMs))
      .map(({ device }) => device);
    for (const device of forgotten) {
      this.views.delete(device);
      this.links.forget(device);
    }
    // time alone brings none back
    return { changed: this.list().length !== before, forgotten };
  }

  /** Those that a nurse should see, by name. */
  list(): StrayDevice[] {
    const worn = this.worn();
    return [...this.views.values()]
      .filter((view) => isShownStray(view, worn.has(view.device), this.linkOf(view), this.clockMs))
      .map((view) => ({
        device: view.device,
        origin: view.origin,
        connected: this.linkOf(view).connected,
        lastDataMs: view.lastDataMs,
        reason: view.reason,
        frames: view.frames,
      }))
      .toSorted((a, b) => (a.device < b.device ? -1 : 1));
  }

  view(device: string): StrayView | undefined {
    return this.views.get(device);
  }

  restore(view: StrayView): void {
    this.views.set(view.device, view);
    this.links.apply(view.device, view);
  }

  private set(device: string, view: StrayView): boolean {
    if (view === this.views.get(device)) return false;
    this.views.set(device, view);
    this.links.assume(device, view.sinceMs);
    return true;
  }

  private linkOf(view: StrayView): DeviceLink {
    return this.links.of(view.device) ?? view;
  }
}
