import { Injectable } from '@nestjs/common';

export interface PartHealth {
  ok: boolean;
  /** What is wrong and since when, or what it is doing: one plain sentence. */
  message: string;
}

export interface Part extends PartHealth {
  name: string;
  /** Whether the station is not ready without it. */
  required: boolean;
}

/** Which parts of this process are ready. `/health/ready` and the dashboard's notices ask it. */
@Injectable()
export class Health {
  private readonly checks = new Map<string, { check: () => PartHealth; required: boolean }>();
  private readonly sources: (() => readonly Part[])[] = [];

  /**
   * @param required whether the station is not ready without the part; the history store is not required:
   * the wall and the alarms go on without it.
   */
  register(name: string, check: () => PartHealth, required = true): void {
    this.checks.set(name, { check, required });
  }

  /** Parts that another process has told this one of. */
  include(source: () => readonly Part[]): void {
    this.sources.push(source);
  }

  parts(): Part[] {
    const own = [...this.checks].map(([name, { check, required }]) => ({
      name,
      required,
      ...check(),
    }));
    return [...own, ...this.sources.flatMap((source) => source())];
  }
}
