import {
  parseTopic,
  type AlarmDownlink,
  type DeviceError,
  type Downlink,
  type VitalsDownlink,
} from '@app/contracts';

/** What the station tells a device. Only what is listened to is subscribed. */
export interface DownlinkListeners {
  onVitals?: (message: VitalsDownlink) => void;
  onAlarm?: (message: AlarmDownlink) => void;
  onError?: (message: DeviceError) => void;
}

export function listenedTo(listeners: DownlinkListeners): Downlink[] {
  const channels: Downlink[] = [];
  if (listeners.onVitals) channels.push('vitals');
  if (listeners.onAlarm) channels.push('alarms');
  if (listeners.onError) channels.push('errors');
  return channels;
}

/** Hands a message to its listener. False when it was no downlink message: the caller counts it. */
export function deliverDownlink(
  topic: string,
  payload: Uint8Array,
  listeners: DownlinkListeners,
): boolean {
  // the station is the authenticated peer and speaks these types; a device has nobody else to check them against
  try {
    const text = new TextDecoder().decode(payload);
    switch (parseTopic(topic)?.channel) {
      case 'vitals':
        listeners.onVitals?.(parsed<VitalsDownlink>(text));
        return true;
      case 'alarms':
        listeners.onAlarm?.(parsed<AlarmDownlink>(text));
        return true;
      case 'errors':
        listeners.onError?.(parsed<DeviceError>(text));
        return true;
      default:
        return false;
    }
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function parsed<T extends object>(text: string): T {
  const value: T = JSON.parse(text);
  return value;
}
