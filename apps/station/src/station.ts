import { Logger, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { MqttServer } from './broker/mqtt-server.js';
import { configureHttp } from './gateway/configure-http.js';
import { reasonOf } from './platform/fatal.js';
import { Health } from './platform/health.js';
import { openPlatform } from './platform/open-platform.js';
import { SettingError, type Settings } from './settings.js';
import { StationLogger } from './station-logger.js';
import { StationModule } from './station.module.js';
import { isSupervised, serveSupervisor } from './supervisor/supervised.js';

/**
 * Starts the roles that the settings name, and stops them on SIGINT and SIGTERM, or when the program that started
 * this one with a channel is gone.
 * @throws SettingError when a setting cannot work on this machine: a port in use, a folder of another kind.
 */
export async function startStation(settings: Settings): Promise<void> {
  const logger = new Logger('Station');
  const platform = await openPlatform(settings);
  if (isSupervised) {
    const context = await NestFactory.createApplicationContext(StationModule.with(platform), {
      logger: new StationLogger(),
    });
    stopOnSignals(context, logger);
    serveSupervisor(platform.metrics, context.get(Health), () => process.exit(1));
    return;
  }
  const app = await NestFactory.create<NestExpressApplication>(StationModule.with(platform), {
    // A dashboard that has stopped reading must not hold up the end.
    forceCloseConnections: true,
    logger: new StationLogger(),
  });
  configureHttp(app, settings);
  stopOnSignals(app, logger);
  try {
    await app.listen(settings.httpPort, settings.host);
  } catch (error) {
    throw portInUse(error, settings);
  }
  if (settings.allowRemote)
    logger.warn('reachable from other machines, without sign-in and without encryption');
  logger.log(`roles: ${settings.roles.join(', ')}; data: ${settings.data}`);
  const httpUrl = await app.getUrl();
  if (settings.roles.includes('gateway')) logger.log(`open ${httpUrl} in a browser`);
  // A program that started this one with a channel learns where it listens: ports may have been 0.
  const mqtt = settings.roles.includes('broker') ? app.get(MqttServer).address : null;
  process.send?.({
    ready: { httpUrl, brokerUrl: mqtt === null ? '' : `mqtt://${mqtt.host}:${mqtt.port}` },
  });
}

function stopOnSignals(app: INestApplicationContext, logger: Logger): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error(reasonOf(error));
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  if (!isSupervised) process.on('disconnect', stop);
}

function portInUse(error: unknown, settings: Settings): unknown {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return error;
  return new SettingError(
    `--http-port (VIGIL_HTTP_PORT) ${settings.httpPort} is in use by another program: choose another port, or 0 for any free one`,
    { cause: error },
  );
}
