import { Module } from '@nestjs/common';
import { AccessModule } from '../gateway/access/access.module.js';
import { HealthController } from './health.controller.js';
import { JournalProbe } from './journal-probe.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsSources } from './metrics-sources.js';

/** /health/live, /health/ready and /metrics of this process. */
@Module({
  imports: [AccessModule],
  controllers: [HealthController, MetricsController],
  providers: [MetricsSources, JournalProbe],
  exports: [MetricsSources],
})
export class OperationsModule {}
