import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Registry, openPostgresRegistry } from '@app/registry';
import { Client, Pool, type PoolConfig } from 'pg';
import { describeRegistryContract } from '../../libs/registry/src/testing/registry-contract.js';
import { LIMITS } from '../../libs/registry/src/testing/registry-harness.js';
import { requirement } from '../requirements.js';
import { Postgres } from '../servers/postgres.js';

requirement('postgresql')('PostgreSQL', () => {
  let server: Postgres;
  const options = { defaultWardLimits: LIMITS, origin: 'simulated' } as const;

  beforeAll(async () => {
    server = await Postgres.start();
  }, 60_000);
  afterAll(() => server.stop(), 60_000);

  describeRegistryContract('PostgreSQL', async () => {
    const reach = await server.newDatabase();
    const opened: Registry[] = [];
    return {
      async open(clock) {
        const registry = await openPostgresRegistry(new Pool(reach), { ...options, clock });
        opened.push(registry);
        return registry;
      },
      execute: (statement) => execute(reach, statement.replace('/*on*/', 'ON audit')),
      async remove() {
        for (const registry of opened) await registry.close();
      },
    };
  });

  it('is made once, however many stations start at once', async () => {
    const reach = await server.newDatabase();
    const opened = await Promise.all(
      Array.from({ length: 4 }, () => openPostgresRegistry(new Pool(reach), options)),
    );
    expect(await opened[3]?.audit.query({})).toHaveLength(1);
    for (const registry of opened) await registry.close();
  });

  it('refuses what a newer version made, and patients of another origin', async () => {
    const reach = await server.newDatabase();
    const registry = await openPostgresRegistry(new Pool(reach), options);
    await registry.close();
    await expect(
      openPostgresRegistry(new Pool(reach), { ...options, origin: 'live' }),
    ).rejects.toThrow('this registry holds simulated patients, not live');
    await execute(
      reach,
      "INSERT INTO kysely_migration VALUES ('9999-later', '2030-01-01T00:00:00.000Z')",
    );
    await expect(openPostgresRegistry(new Pool(reach), options)).rejects.toThrow(
      'the registry in PostgreSQL was made by a newer version of Vigil (it has 9999-later',
    );
  });

  it('does not let the audit be emptied', async () => {
    const reach = await server.newDatabase();
    const registry = await openPostgresRegistry(new Pool(reach), options);
    await registry.close();
    await expect(execute(reach, 'TRUNCATE audit')).rejects.toThrow('the audit is append-only');
  });
});

async function execute(reach: PoolConfig, statement: string): Promise<void> {
  const client = new Client(reach);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
