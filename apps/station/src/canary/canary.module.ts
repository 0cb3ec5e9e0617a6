import { Module } from '@nestjs/common';
import { BrokerModule } from '../broker/broker.module.js';
import { CanaryWearable } from './canary-wearable.js';

/** The station's own wearable: beside the broker, to which it connects like any other. */
@Module({ imports: [BrokerModule], providers: [CanaryWearable] })
export class CanaryModule {}
