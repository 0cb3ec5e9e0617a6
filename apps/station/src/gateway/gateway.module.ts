import { Module } from '@nestjs/common';
import { Explainer } from '../explainer/explainer.js';
import { OperationsModule } from '../operations/operations.module.js';
import { AccessModule } from './access/access.module.js';
import { LiveSessions } from './access/live-sessions.js';
import { SessionModule } from './access/session.module.js';
import { SocketAccess } from './access/socket-access.js';
import { GatewayMetrics } from './gateway-metrics.js';
import { AlarmSignalController } from './http/alarm-signal.controller.js';
import { LimitsPreviewController } from './http/limits-preview.controller.js';
import { ExplanationController } from './http/explanation.controller.js';
import { HistoryController } from './http/history.controller.js';
import { KnownPatients } from './http/known-patients.js';
import { ModelsController } from './http/models.controller.js';
import { PatientsController } from './http/patients.controller.js';
import { BedsController } from './http/registry/beds.controller.js';
import { DevicesController } from './http/registry/devices.controller.js';
import { LogsController } from './http/registry/logs.controller.js';
import { OffWardController } from './http/registry/off-ward.controller.js';
import { PatientRecordController } from './http/registry/patient-record.controller.js';
import { PeopleController } from './http/registry/people.controller.js';
import { RegistryChanges } from './http/registry/registry-changes.js';
import { WardPatientsController } from './http/registry/ward-patients.controller.js';
import { WardsController } from './http/registry/wards.controller.js';
import { WornDevicesController } from './http/registry/worn-devices.controller.js';
import { WaveformReader } from './http/waveform-reader.js';
import { CanaryMetrics } from './socket/canary-metrics.js';
import { CanaryWatch } from './socket/canary-watch.js';
import { HealthWords } from './socket/health-words.js';
import { Heartbeats } from './socket/heartbeats.js';
import { NurseActions } from './socket/nurse-actions.js';
import { RoomFeed } from './socket/room-feed.js';
import { WardGateway } from './socket/ward-gateway.js';
import { WardWatch } from './socket/ward-watch.js';
import { WaveformFeed } from './socket/waveform-feed.js';
import { WallRooms } from './socket/wall-rooms.js';
import { RegistryFollower } from './wall/registry-follower.js';
import { Returns } from './wall/returns.js';
import { WallFollower } from './wall/wall-follower.js';
import { dashboardFolder } from './web/dashboard-folder.js';
import { DASHBOARD, DashboardController } from './web/dashboard.controller.js';

/** Follows `ward` and `events` and serves them to dashboards and programs. */
@Module({
  imports: [AccessModule, SessionModule, OperationsModule],
  controllers: [
    PatientsController,
    HistoryController,
    ExplanationController,
    AlarmSignalController,
    LimitsPreviewController,
    ModelsController,
    WardsController,
    BedsController,
    WardPatientsController,
    PatientRecordController,
    OffWardController,
    WornDevicesController,
    DevicesController,
    PeopleController,
    LogsController,
    DashboardController,
  ],
  providers: [
    WallFollower,
    RegistryFollower,
    Returns,
    WallRooms,
    GatewayMetrics,
    RoomFeed,
    WaveformFeed,
    Heartbeats,
    NurseActions,
    HealthWords,
    WardWatch,
    CanaryMetrics,
    CanaryWatch,
    WardGateway,
    SocketAccess,
    LiveSessions,
    KnownPatients,
    RegistryChanges,
    WaveformReader,
    Explainer,
    { provide: DASHBOARD, useFactory: () => dashboardFolder() },
  ],
})
export class GatewayModule {}
