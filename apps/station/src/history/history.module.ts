import { Module } from '@nestjs/common';
import { AlarmLogWriter } from './alarm-log-writer.js';
import { HistoryService } from './history.service.js';

@Module({ providers: [HistoryService, AlarmLogWriter] })
export class HistoryModule {}
