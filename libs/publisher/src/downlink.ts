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
      case 'vitals': {
        const message: VitalsDownlink = JSON.parse(text);
        listeners.onVitals?.(message);
        return true;
      }
      case 'alarms': {
        const message: AlarmDownlink = JSON.parse(text);
        listeners.onAlarm?.(message);
        return true;
      }
      case 'errors': {
        const message: DeviceError = JSON.parse(text);
        listeners.onError?.(message);
        return true;
      }
      default:
        return false;
    }
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
