import { InvalidArgumentError } from 'commander';

/** Parser of a flag that takes a number from `least` to `most`. */
export function numberFlag(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= least && value <= most)) {
      throw new InvalidArgumentError(`must be a number from ${least} to ${most}.`);
    }
    return value;
  };
}

/** The same for a whole number. */
export function countFlag(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most) {
      throw new InvalidArgumentError(`must be a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

/** Seconds of device time per second; `max` is Infinity. */
export function speedFlag(text: string): number {
  if (text === 'max') return Infinity;
  const value = Number(text);
  if (!(value > 0 && value <= 10_000)) {
    throw new InvalidArgumentError('must be `max` or a number above 0, at most 10000.');
  }
  return value;
}

/** The broker of a station on this machine that reads the same environment; a port that it chose itself is not known. */
export function defaultBroker(environment: NodeJS.ProcessEnv = process.env): string {
  const port = Number(environment['VIGIL_MQTT_PORT']);
  const isPort = Number.isInteger(port) && port >= 1 && port <= 65_535;
  return `mqtt://127.0.0.1:${isPort ? port : 1883}`;
}

/** Address of an MQTT broker. */
export function brokerFlag(text: string): string {
  if (!/^(mqtts?|wss?):\/\/[^\s/]+/.test(text) || !URL.canParse(text)) {
    throw new InvalidArgumentError('must be like mqtt://127.0.0.1:1883.');
  }
  return text;
}
