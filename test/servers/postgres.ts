import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type PoolConfig } from 'pg';

/** Where Debian keeps the servers, by version. */
const DEBIAN = '/usr/lib/postgresql';

/** The folder of the newest PostgreSQL server of this machine, or null. */
export function postgresPrograms(): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  const folders = versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => join(DEBIAN, version, 'bin'));
  return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

/** A real PostgreSQL of this test's own, on a socket in a temporary folder: no port, no password. */
export class Postgres {
  private databases = 0;

  private constructor(
    private readonly folder: string,
    private readonly programs: string,
  ) {}

  static async start(): Promise<Postgres> {
    const programs = postgresPrograms();
    if (programs === null) throw new Error('this machine has no PostgreSQL server');
    const server = new Postgres(mkdtempSync(join(tmpdir(), 'vigil-postgres-')), programs);
    chmodSync(server.folder, 0o711);
    const owner = ownerIds();
    if (owner !== null) chownSync(server.folder, owner.uid, owner.gid);
    await server.run('initdb', [
      '-D',
      server.data,
      '-U',
      'vigil',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '-N',
    ]);
    const settings = `-c fsync=off -c listen_addresses='' -k ${server.folder}`;
    const log = join(server.folder, 'log');
    await server.run('pg_ctl', ['-D', server.data, '-w', '-l', log, '-o', settings, 'start']);
    return server;
  }

  /** A new, empty database. @returns how to reach it. */
  async newDatabase(): Promise<PoolConfig> {
    const database = `registry_${++this.databases}`;
    const client = new Client({ ...this.reach, database: 'postgres' });
    await client.connect();
    await client.query(`CREATE DATABASE ${database}`);
    await client.end();
    return { ...this.reach, database };
  }

  async stop(): Promise<void> {
    await this.run('pg_ctl', ['-D', this.data, '-w', '-m', 'immediate', 'stop']);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get reach() {
    return { host: this.folder, user: 'vigil' };
  }

  private get data(): string {
    return join(this.folder, 'data');
  }

  /** The server refuses to run as root: then as the user that its package made. */
  private async run(program: string, args: string[]): Promise<void> {
    const options: SpawnOptions = { stdio: ['ignore', 'ignore', 'inherit'], cwd: this.folder };
    const child = spawn(join(this.programs, program), args, { ...options, ...ownerIds() });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`${program} ended with code ${code}`);
  }
}

function ownerIds(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const id = (option: string) =>
    Number(spawnSync('id', [option, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}
