import { Module } from '@nestjs/common';
import { EscalationService } from './escalation.service.js';

@Module({ providers: [EscalationService] })
export class EscalationModule {}
