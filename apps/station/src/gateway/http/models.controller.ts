import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ModelsResponse } from '@app/contracts';
import {
  ModelFaultError,
  type ModelRegistry,
  readModelRegistry,
  REGISTRY_TASKS,
} from '@app/inference';
import type { Registry } from 'prom-client';
import { MetricsSources } from '../../operations/metrics-sources.js';
import { METRICS, SETTINGS_TOKEN } from '../../platform/tokens.js';
import type { Settings } from '../../settings.js';
import { SignedIn } from '../access/access.js';
import { ApiAnswer } from './api-answer.js';
import { modelFacts } from './model-facts.js';
import { ModelMetrics } from './model-metrics.js';

/** Which models answer, and how they do. Read anew with every request: it is rare and the files are small. */
@ApiTags('models')
@Controller('api/models')
export class ModelsController {
  constructor(
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    @Inject(METRICS) private readonly own: Registry,
    private readonly sources: MetricsSources,
  ) {}

  @Get()
  @SignedIn()
  @ApiOperation({
    summary:
      'Models in force and what they say of themselves, a shadow model beside the live one, drift.',
  })
  @ApiAnswer('ModelsResponse', 'The models.', { patient: false })
  async models(): Promise<ModelsResponse> {
    const { models } = this.settings;
    const registry = await this.registry();
    const metrics = new ModelMetrics([
      await this.own.getMetricsAsJSON(),
      ...(await this.sources.read()),
    ]);
    const tasks: ModelsResponse['tasks'] = [];
    for (const task of REGISTRY_TASKS) {
      const slot = registry[task];
      if (slot === undefined) continue;
      const { live, shadow, previous } = slot;
      tasks.push({
        task,
        live: await modelFacts(models, live),
        shadow:
          shadow === undefined
            ? null
            : { ...(await modelFacts(models, shadow)), comparison: metrics.comparisonOf(task) },
        previous: previous ?? null,
      });
    }
    return { tasks, drift: metrics.drift() };
  }

  private async registry(): Promise<ModelRegistry> {
    try {
      return await readModelRegistry(this.settings.models);
    } catch (error) {
      if (error instanceof ModelFaultError) throw new ServiceUnavailableException(error.message);
      throw error;
    }
  }
}
