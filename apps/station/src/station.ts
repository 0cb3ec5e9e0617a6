import type { Server as TlsServer } from 'node:tls';
import { Logger, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { MqttServer } from './broker/mqtt-server.js';
import { firstSignIn, signInUrl } from './gateway/access/first-sign-in.js';
import { configureHttp } from './gateway/configure-http.js';
import { systemClock } from './platform/clock.js';
import { watchClock } from './platform/clock-watch.js';
import { reasonOf } from './platform/fatal.js';
import { Health } from './platform/health.js';
import { openPlatform } from './platform/open-platform.js';
import type { Platform } from './platform/platform.module.js';
import { SettingError, type Settings } from './settings.js';
import { StationLogger } from './station-logger.js';
import { StationModule } from './station.module.js';
import { TlsRenewal } from './tls/tls-renewal.js';
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
    watchClock(systemClock, platform.metrics, context.get(Health));
    stopOnSignals(context, logger);
    serveSupervisor(platform.metrics, context.get(Health), () => process.exit(1));
    return;
  }
  const app = await NestFactory.create<NestExpressApplication>(StationModule.with(platform), {
    // A dashboard that has stopped reading must not hold up the end.
    forceCloseConnections: true,
    logger: new StationLogger(),
    ...(platform.tls === null
      ? {}
      : { httpsOptions: { cert: platform.tls.cert, key: platform.tls.key } }),
  });
  watchClock(systemClock, platform.metrics, app.get(Health));
  configureHttp(app, settings);
  stopOnSignals(app, logger);
  try {
    await app.listen(settings.httpPort, settings.host);
  } catch (error) {
    throw portInUse(error, settings);
  }
  renewCertificate(app, platform);
  if (settings.allowRemote && platform.tls === null)
    logger.warn('reachable from other machines without encryption');
  if (platform.tls !== null && platform.tls.rootFile !== null)
    logger.log(`devices must trust ${platform.tls.rootFile} (docs/operations.md, "Encryption")`);
  logger.log(`roles: ${settings.roles.join(', ')}; data: ${settings.data}`);
  const httpUrl = await app.getUrl();
  if (settings.roles.includes('gateway')) logger.log(`open ${httpUrl} in a browser`);
  const signIn = await firstSignInUrl(settings, platform, httpUrl);
  // A program that started this one with a channel learns where it listens: ports may have been 0.
  const mqtt = settings.roles.includes('broker') ? app.get(MqttServer).address : null;
  const scheme = platform.tls === null ? 'mqtt' : 'mqtts';
  const brokerUrl = mqtt === null ? '' : `${scheme}://${mqtt.host}:${mqtt.port}`;
  process.send?.({ ready: { httpUrl, brokerUrl, signInUrl: signIn } });
}

/** Where the first administrator signs in, said once where whoever starts the station sees it; null when there is one. */
async function firstSignInUrl(
  settings: Settings,
  { registry }: Platform,
  httpUrl: string,
): Promise<string | null> {
  const link = settings.roles.includes('gateway') ? await firstSignIn(registry) : null;
  if (link === null) return null;
  const url = signInUrl(httpUrl, link);
  // not through the logger: what it writes is kept, and whoever has the link is the administrator
  process.stdout.write(`\n  Sign in as administrator, once: ${url}\n\n`);
  return url;
}

/** Every server that shows the certificate gets the next one while it runs. */
function renewCertificate(app: NestExpressApplication, { tls, settings }: Platform): void {
  if (tls === null) return;
  // under TLS Nest's server is one of node:https, and that one of node:tls
  const servers = [app.getHttpServer() as unknown as TlsServer];
  const mqtt = settings.roles.includes('broker') ? app.get(MqttServer).tlsServer : null;
  if (mqtt !== null) servers.push(mqtt);
  new TlsRenewal(tls, settings, systemClock, servers).start();
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
