import { Module } from '@nestjs/common';
import { OperationsModule } from '../operations/operations.module.js';
import { Supervisor } from './supervisor.service.js';

@Module({ imports: [OperationsModule], providers: [Supervisor] })
export class SupervisorModule {}
