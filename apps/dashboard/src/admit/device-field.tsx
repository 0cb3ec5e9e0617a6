import type { DeviceInfo, StrayDevice } from '@app/contracts';
import { useState } from 'react';
import { Field } from '../controls/field.js';
import { deviceNote, freeDevices } from './device-list.js';
import { ScanDialog } from './scan-dialog.js';

interface Props {
  value: string;
  onChange: (device: string) => void;
  devices: readonly DeviceInfo[];
  strays: readonly StrayDevice[];
  whose: (patient: string) => string;
  /** Of the station, or of what was typed. */
  problem?: string | null;
}

/** How many devices can be chosen by a tap; the rest is typed or scanned. */
const IN_SIGHT = 8;

/** A device by typing, choosing or scanning. */
export function DeviceField({ value, onChange, devices, strays, whose, problem = null }: Props) {
  const [scanning, setScanning] = useState(false);
  const free = freeDevices(devices, strays);
  const note = deviceNote(value.trim(), devices, whose);
  return (
    <div className="device-field">
      <Field
        label="Device"
        value={value}
        onChange={onChange}
        autoCapitalize="none"
        spellCheck={false}
        hint={note?.kind === 'worn' ? note.words : undefined}
        problem={problem ?? (note?.kind === 'unknown' ? note.words : null)}
        beside={
          <button type="button" className="button" onClick={() => setScanning(true)}>
            Scan
          </button>
        }
      />
      {free.length === 0 ? (
        <p className="field-hint">No device of this ward is free.</p>
      ) : (
        <div className="chips" role="group" aria-label="Free devices">
          {free.slice(0, IN_SIGHT).map(({ device, sending }) => (
            <button
              key={device}
              type="button"
              className="button chip"
              aria-pressed={value.trim() === device}
              onClick={() => onChange(device)}
            >
              {device}
              {sending ? <small>sends now</small> : null}
            </button>
          ))}
          {free.length > IN_SIGHT ? (
            <span className="field-hint">and {free.length - IN_SIGHT} more</span>
          ) : null}
        </div>
      )}
      {scanning ? (
        <ScanDialog
          onFound={(device) => {
            onChange(device);
            setScanning(false);
          }}
          onClose={() => setScanning(false)}
        />
      ) : null}
    </div>
  );
}
