import type { AlarmEvent } from '@app/contracts';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { onTheme, readTheme } from '../design/theme.js';
import { drawSignal } from '../waveform/draw-signal.js';
import { SignalLegend } from '../waveform/signal-legend.js';
import { type StoredSignal, signalSummary } from './stored-signal.js';
import { useStoredSignal } from './use-stored-signal.js';

/** The signal around an alarm, or the sentence why there is none. */
export function StoredSignalFigure({ event }: { event: AlarmEvent }) {
  const [reading, again] = useStoredSignal(event);
  switch (reading.state) {
    case 'reading':
      return (
        <p className="page-note" aria-busy="true">
          Reading the signal …
        </p>
      );
    case 'none':
      return <p className="page-note">No signal belongs to this alarm.</p>;
    case 'gone':
      return <p className="page-note">The signal of that time is no longer kept.</p>;
    case 'failed':
      return (
        <div className="in-place" role="alert">
          <span>The signal cannot be read: {reading.reason}</span>
          <button type="button" className="button" onClick={again}>
            Try again
          </button>
        </div>
      );
    case 'here':
      return <Drawing signal={reading.signal} />;
  }
}

function Drawing({ signal }: { signal: StoredSignal }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useSyncExternalStore(onTheme, readTheme);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const draw = () =>
      drawSignal(element, signal, signal.toS, {
        shownS: signal.toS - signal.fromS,
        momentS: signal.momentS,
      });
    draw();
    const resize = new ResizeObserver(draw);
    resize.observe(element);
    return () => resize.disconnect();
  }, [signal, theme]);
  return (
    <figure className="stored-signal">
      <canvas ref={canvas} className="signal" role="img" aria-label={signalSummary(signal)} />
      <figcaption>
        <SignalLegend traces={signal.traces} />
        <span className="note">{signalSummary(signal)}</span>
      </figcaption>
    </figure>
  );
}
