import { Module } from '@nestjs/common';
import { Explainer } from '../explainer/explainer.js';
import { AccessModule } from './access/access.module.js';
import { LiveSessions } from './access/live-sessions.js';
import { SessionModule } from './access/session.module.js';
import { SocketAccess } from './access/socket-access.js';
import { GatewayMetrics } from './gateway-metrics.js';
import { ExplanationController } from './http/explanation.controller.js';
import { HistoryController } from './http/history.controller.js';
import { KnownPatients } from './http/known-patients.js';
import { PatientsController } from './http/patients.controller.js';
import { WaveformReader } from './http/waveform-reader.js';
import { Acknowledgements } from './socket/acknowledgements.js';
import { Heartbeats } from './socket/heartbeats.js';
import { RoomFeed } from './socket/room-feed.js';
import { WardGateway } from './socket/ward-gateway.js';
import { WaveformFeed } from './socket/waveform-feed.js';
import { WallFollower } from './wall/wall-follower.js';
import { dashboardFolder } from './web/dashboard-folder.js';
import { DASHBOARD, DashboardController } from './web/dashboard.controller.js';

/** Follows `ward` and `events` and serves them to dashboards and programs. */
@Module({
  imports: [AccessModule, SessionModule],
  controllers: [PatientsController, HistoryController, ExplanationController, DashboardController],
  providers: [
    WallFollower,
    GatewayMetrics,
    RoomFeed,
    WaveformFeed,
    Heartbeats,
    Acknowledgements,
    WardGateway,
    SocketAccess,
    LiveSessions,
    KnownPatients,
    WaveformReader,
    Explainer,
    { provide: DASHBOARD, useFactory: () => dashboardFolder() },
  ],
})
export class GatewayModule {}
