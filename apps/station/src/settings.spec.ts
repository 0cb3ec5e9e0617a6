import { describe, expect, it } from '@jest/globals';
import { readSettings, settingsAsEnvironment, settingsCommand } from './settings.js';

describe('settings', () => {
  it('has a default for everything that a first start needs', () => {
    const settings = readSettings({}, {});
    expect(settings).toMatchObject({
      host: '127.0.0.1',
      mqttPort: 1883,
      httpPort: 8080,
      partitions: 4,
    });
    expect(settings.roles).toEqual(['broker', 'processor', 'alarms', 'history', 'gateway']);
  });

  it('reads variables, and flags win over them', () => {
    const environment = { VIGIL_HTTP_PORT: '9000', VIGIL_MQTT_PORT: '9001' };
    expect(readSettings({ httpPort: '9100' }, environment)).toMatchObject({
      httpPort: 9100,
      mqttPort: 9001,
    });
  });

  it('takes a blank for nothing said, and a role said twice for one', () => {
    expect(readSettings({ roles: 'broker, broker' }, { VIGIL_MQTT_PORT: ' ' })).toMatchObject({
      mqttPort: 1883,
      roles: ['broker'],
    });
  });

  it('survives the way into a child process', () => {
    const settings = readSettings(
      { roles: 'broker,gateway', influxUrl: 'http://127.0.0.1:8086/vigil' },
      {},
    );
    expect(readSettings({}, settingsAsEnvironment(settings))).toEqual(settings);
  });

  it.each([
    [{ roles: 'broker,nurse' }, /--roles \(VIGIL_ROLES\).*each must be broker, .* or gateway$/],
    [
      { mqttPort: '99999' },
      /^--mqtt-port \(VIGIL_MQTT_PORT\) cannot be "99999": it must be a whole number from 0 to 65535$/,
    ],
    [{ httpPort: 'x' }, /cannot be "x": it must be a whole number from 0 to 65535$/],
    [{ partitions: '1.5' }, /it must be a whole number from 1 to 64$/],
    [{ heartRateLow: 'low' }, /it must be a whole number from 30 to 220$/],
    [{ retentionHours: '-1' }, /it must be a number from 0.1 to 8760$/],
    [{ origin: 'real' }, /it must be live, simulated or replay$/],
    [{ allowRemote: 'yes' }, /it must be 1, 0, true or false$/],
    [{ host: '0.0.0.0' }, /--host .* nothing is encrypted/],
    [{ heartRateLow: '130' }, /--heart-rate-low .* below/],
    [{ processors: '8', partitions: '2' }, /--processors .* exceed --partitions/],
    [{ processorIndex: '1' }, /--processor-index/],
    [{ mqttPort: '8080' }, /--mqtt-port and --http-port/],
    [{ influxUrl: 'ftp://x' }, /--influx-url .*it must be an address like http:/],
  ])('refuses %j with a sentence that names the setting', (flags, sentence) => {
    expect(() => readSettings(flags, {})).toThrow(sentence);
  });

  it('shows every default in its help', () => {
    const help = settingsCommand('vigil start').helpInformation().replaceAll(/\s+/g, ' ');
    expect(help).toContain(
      '--mqtt-port <port> port for wearables (0: any free one) (default: 1883)',
    );
    expect(help).toContain('(default: data/live) [VIGIL_DATA]');
  });

  it('allows other machines only when told so', () => {
    expect(readSettings({ host: '0.0.0.0', allowRemote: true }, {}).host).toBe('0.0.0.0');
  });
});
