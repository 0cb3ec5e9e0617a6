import { useCallback, useRef, useState } from 'react';
import { Dialog } from '../controls/dialog.js';
import { Problem } from '../controls/problem.js';
import { deviceOfCode } from './device-code.js';
import { useScanner } from './use-scanner.js';

interface Props {
  onFound: (device: string) => void;
  onClose: () => void;
}

/** Reads the code on a device with the camera. Opened by a tap: the browser asks for the camera then, not before. */
export function ScanDialog({ onFound, onClose }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const [foreign, setForeign] = useState(false);
  const found = useRef(onFound);
  found.current = onFound;
  const onText = useCallback((text: string) => {
    const device = deviceOfCode(text);
    if (device === null) setForeign(true);
    else found.current(device);
  }, []);
  const problem = useScanner(video, onText);
  return (
    <Dialog title="Scan the code on the device" onClose={onClose}>
      {problem === null ? (
        // A live picture of the camera: there is nothing to caption.
        <video
          ref={video}
          className="scanner"
          muted
          playsInline
          aria-label="Picture of the camera"
        />
      ) : null}
      <Problem words={problem ?? (foreign ? 'That code is not of a Vigil device.' : null)} />
      <div className="actions">
        <button type="button" className="button" onClick={onClose}>
          {problem === null ? 'Cancel' : 'Type the name'}
        </button>
      </div>
    </Dialog>
  );
}
