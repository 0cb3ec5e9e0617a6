import { Injectable } from '@nestjs/common';

export interface PartHealth {
  ok: boolean;
  /** What is wrong and since when, or what it is doing: one plain sentence. */
  message: string;
}

/** Which parts of this process are ready. `/health/ready` and the dashboard's notices ask it. */
@Injectable()
export class Health {
  private readonly checks = new Map<string, { check: () => PartHealth; required: boolean }>();

  /**
   * @param required whether the station is not ready without the part; the history store is not required:
   * the wall and the alarms go on without it.
   */
  register(name: string, check: () => PartHealth, required = true): void {
    this.checks.set(name, { check, required });
  }

  parts(): ({ name: string; required: boolean } & PartHealth)[] {
    return [...this.checks].map(([name, { check, required }]) => ({ name, required, ...check() }));
  }
}
