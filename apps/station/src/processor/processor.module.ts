import { Module } from '@nestjs/common';
import { ProcessorService } from './processor.service.js';

@Module({ providers: [ProcessorService] })
export class ProcessorModule {}
