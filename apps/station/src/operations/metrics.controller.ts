import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { AggregatorRegistry, type Registry } from 'prom-client';
import { ThisMachineOr } from '../gateway/access/access.js';
import { METRICS } from '../platform/tokens.js';
import { MetricsSources, type ProcessMetrics } from './metrics-sources.js';

@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  constructor(
    @Inject(METRICS) private readonly registry: Registry,
    private readonly sources: MetricsSources,
  ) {}

  /** This process's metrics and those of its children, summed (or as each metric's aggregator says). */
  @Get()
  @ThisMachineOr('manage-wards')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  async metrics(): Promise<string> {
    const own: ProcessMetrics = await this.registry.getMetricsAsJSON();
    const all = [own, ...(await this.sources.read())];
    return AggregatorRegistry.aggregate(all).metrics();
  }
}
