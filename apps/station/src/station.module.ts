import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { AlarmsModule } from './alarms/alarms.module.js';
import { BrokerModule } from './broker/broker.module.js';
import { CanaryModule } from './canary/canary.module.js';
import { GatewayModule } from './gateway/gateway.module.js';
import { HistoryModule } from './history/history.module.js';
import { OperationsModule } from './operations/operations.module.js';
import { type Platform, PlatformModule } from './platform/platform.module.js';
import { ProcessorModule } from './processor/processor.module.js';
import { type Role, ownRoles } from './settings.js';
import { SupervisorModule } from './supervisor/supervisor.module.js';

const MODULES: Record<Role, Type> = {
  broker: BrokerModule,
  processor: ProcessorModule,
  alarms: AlarmsModule,
  history: HistoryModule,
  gateway: GatewayModule,
};

/**
 * The roles of one process. A processor beside other roles runs in processes of its own, which the supervisor starts:
 * inference would block MQTT and sockets.
 */
@Module({})
export class StationModule {
  static with(platform: Platform): DynamicModule {
    const { settings } = platform;
    const modules: Type[] = ownRoles(settings).map((role) => MODULES[role]);
    if (modules.length < settings.roles.length) modules.push(SupervisorModule);
    if (settings.canary && modules.includes(BrokerModule)) modules.push(CanaryModule);
    return {
      module: StationModule,
      imports: [PlatformModule.with(platform), OperationsModule, ...modules],
    };
  }
}
