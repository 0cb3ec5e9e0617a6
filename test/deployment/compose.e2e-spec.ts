import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { SETTINGS } from '../../apps/station/src/settings.js';

const DOCKER = join(import.meta.dirname, '../../docker');

interface Service {
  image?: string;
  build?: { context: string; dockerfile: string };
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  network_mode?: string;
}

interface Compose {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
}

const compose = parse(readFileSync(join(DOCKER, 'compose.yml'), 'utf8')) as Compose;
const services = Object.entries(compose.services);

/** No Docker engine is needed for these: they hold the files against each other and against the station. */
describe('compose.yml', () => {
  it('publishes every port on loopback only, until there is sign-in and TLS', () => {
    for (const [, { ports }] of services) {
      for (const port of ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    }
  });

  it('names only settings that the station knows', () => {
    const known = new Set<string>(Object.values(SETTINGS).map((setting) => setting.environment));
    const dockerfile = readFileSync(join(DOCKER, 'Dockerfile'), 'utf8');
    const used = [...dockerfile.matchAll(/VIGIL_[A-Z_]+/g)].map(([name]) => name);
    used.push(...Object.keys(compose.services['station']?.environment ?? {}));
    expect(used.filter((name) => !known.has(name))).toEqual([]);
  });

  it('mounts what is there: files of this folder, and volumes that it declares', () => {
    for (const [, { volumes, build }] of services) {
      for (const volume of volumes ?? []) {
        const [source = ''] = volume.split(':');
        const isThere = source.startsWith('.')
          ? existsSync(join(DOCKER, source))
          : source in compose.volumes;
        expect([volume, isThere]).toEqual([volume, true]);
      }
      if (build) expect(existsSync(join(DOCKER, build.context, build.dockerfile))).toBe(true);
    }
  });

  it('pins the version of every image that it takes from elsewhere', () => {
    const images = services
      .filter(([, { build }]) => build === undefined)
      .map(([, { image }]) => image);
    for (const image of images) expect(image).toMatch(/^[a-z/]+:v?\d+\.\d+/);
  });

  it('lets Prometheus ask for metrics from where no sign-in is needed, and Grafana reach Prometheus', () => {
    expect(compose.services['prometheus']?.network_mode).toBe('service:station');
    expect(compose.services['prometheus']?.ports).toBeUndefined();
    const text = readFileSync(join(DOCKER, 'prometheus/prometheus.yml'), 'utf8');
    expect(text).toMatch(/targets: \[127\.0\.0\.1:8080\]/);
    expect(compose.services['station']?.ports).toContain('127.0.0.1:9090:9090');
  });

  it('lets services reach each other under names that exist', () => {
    const files = ['prometheus/prometheus.yml', 'grafana/datasources/vigil.yml'].map((file) =>
      readFileSync(join(DOCKER, file), 'utf8'),
    );
    const text = [JSON.stringify(compose.services['station']?.environment), ...files].join('\n');
    const hosts = [...text.matchAll(/(?:\/\/|\[)([a-z]+):\d+/g)].map(([, host]) => host);
    expect(hosts.length).toBeGreaterThanOrEqual(3);
    for (const host of hosts) expect(Object.keys(compose.services)).toContain(host);
  });
});
