import { Module } from '@nestjs/common';
import { CanaryDevice } from '../canary/canary-device.js';
import { Allowances } from './allowance.js';
import { Authentication } from './authentication.js';
import { BrokerMetrics } from './broker-metrics.js';
import { ClientProtocol } from './client-protocol.js';
import { ClockLog } from './clock-log.js';
import { Connections } from './connections.js';
import { DeviceMessenger } from './device-messenger.js';
import { Downlink } from './downlink.js';
import { FrameIntake } from './frame-intake.js';
import { FramePlacing } from './frame-placing.js';
import { InputLog } from './input-log.js';
import { LinkLog } from './link-log.js';
import { Malformed } from './malformed.js';
import { MqttServer } from './mqtt-server.js';
import { PublishIntake } from './publish-intake.js';
import { Sessions } from './sessions.js';
import { WearerWatch } from './wearer-watch.js';
import { Wearers } from './wearers.js';

/** Takes frames from wearables over MQTT into the journal, and gives each its own results. */
@Module({
  providers: [
    BrokerMetrics,
    Connections,
    Sessions,
    Allowances,
    CanaryDevice,
    Authentication,
    DeviceMessenger,
    Malformed,
    InputLog,
    Wearers,
    ClockLog,
    FramePlacing,
    WearerWatch,
    FrameIntake,
    PublishIntake,
    LinkLog,
    Downlink,
    ClientProtocol,
    MqttServer,
  ],
  exports: [MqttServer, CanaryDevice],
})
export class BrokerModule {}
