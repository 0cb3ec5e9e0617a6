import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SeriesAwayError, openSeriesStore } from '@app/series';
import { describeSeriesContract, vitalOf } from '../../libs/series/src/testing/series-contract.js';
import { requirement } from '../requirements.js';
import { Influxd } from '../servers/influxd.js';

requirement('influxd')('InfluxDB', () => {
  let server: Influxd;
  let count = 0;

  beforeAll(async () => {
    server = await Influxd.start();
  }, 60_000);
  afterAll(() => server.stop(), 60_000);

  const open = (database: string) =>
    openSeriesStore({ kind: 'influx', url: server.url(database), retentionDays: 365 });

  describeSeriesContract('InfluxDB', async () => {
    const store = open(`contract_${count++}`);
    await store.prepare();
    return store;
  });

  it('prepares an existing database again, with another retention', async () => {
    await open('again').prepare();
    const store = openSeriesStore({ kind: 'influx', url: server.url('again'), retentionDays: 400 });
    await expect(store.prepare()).resolves.toBeUndefined();
  });

  it('says who is away, and names no password', async () => {
    const store = openSeriesStore({
      kind: 'influx',
      url: 'http://nurse:secret@127.0.0.1:1/vigil',
      retentionDays: 365,
    });
    expect(store.description).toBe('InfluxDB at http://127.0.0.1:1/vigil');
    await expect(store.ping()).rejects.toThrow(SeriesAwayError);
    await expect(store.writeVitals([vitalOf(0)])).rejects.toThrow(
      /InfluxDB at http:\/\/127.0.0.1:1\/vigil: /,
    );
  });

  it('keeps what was written over a restart of the server', async () => {
    const store = open('restart');
    await store.prepare();
    await store.writeVitals([vitalOf(0), vitalOf(1)]);
    await server.halt();
    await expect(store.writeVitals([vitalOf(2)])).rejects.toThrow(SeriesAwayError);
    await server.resume();
    await store.writeVitals([vitalOf(2)]);
    expect(await store.readWindows({ patient: 'P-01', limit: 10 })).toHaveLength(3);
  }, 90_000);
});
