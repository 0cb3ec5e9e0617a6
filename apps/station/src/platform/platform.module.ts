import {
  type DynamicModule,
  Global,
  Inject,
  Module,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { Journal } from '@app/journal';
import type { Registry } from '@app/registry';
import type { SeriesStore } from '@app/series';
import type { Registry as Metrics } from 'prom-client';
import type { Settings } from '../settings.js';
import type { Tls } from '../tls/tls.js';
import { systemClock } from './clock.js';
import { Health } from './health.js';
import { CLOCK, JOURNAL, METRICS, REGISTRY, SERIES, SETTINGS_TOKEN, TLS } from './tokens.js';

/** What every role works with; opened before Nest starts, closed after the roles have stopped. */
export interface Platform {
  settings: Settings;
  journal: Journal;
  registry: Registry;
  series: SeriesStore;
  metrics: Metrics;
  /** The station's certificate; null without encryption. */
  tls: Tls | null;
}

@Global()
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(SERIES) private readonly series: SeriesStore,
    @Inject(REGISTRY) private readonly registry: Registry,
  ) {}

  static with(platform: Platform): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: SETTINGS_TOKEN, useValue: platform.settings },
        { provide: JOURNAL, useValue: platform.journal },
        { provide: REGISTRY, useValue: platform.registry },
        { provide: SERIES, useValue: platform.series },
        { provide: METRICS, useValue: platform.metrics },
        { provide: TLS, useValue: platform.tls },
        { provide: CLOCK, useValue: systemClock },
        Health,
      ],
      exports: [SETTINGS_TOKEN, JOURNAL, REGISTRY, SERIES, METRICS, TLS, CLOCK, Health],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.series.close();
    await this.registry.close();
    await this.journal.close();
  }
}
