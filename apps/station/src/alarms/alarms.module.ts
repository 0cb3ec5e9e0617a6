import { Module } from '@nestjs/common';
import { EscalationModule } from '../escalation/escalation.module.js';
import { AlarmsService } from './alarms.service.js';

/** The alarm machine, and who is told when nobody answers it. */
@Module({ imports: [EscalationModule], providers: [AlarmsService] })
export class AlarmsModule {}
