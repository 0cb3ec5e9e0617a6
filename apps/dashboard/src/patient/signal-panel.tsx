import { useEffect, useRef, useState } from 'react';
import { readClocks } from '../clocks.js';
import { SHOWN_S, drawSignal } from './draw-signal.js';
import { playheadS } from './playhead.js';
import { useWaveform } from './use-waveform.js';

/** The light and the motion, as they run. */
export function SignalPanel({ patient }: { patient: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const running = useWaveform(patient);
  const [labels, setLabels] = useState('');
  useEffect(() => {
    let request = requestAnimationFrame(function draw() {
      const { buffer, playhead } = running;
      const atS = playhead === null ? null : playheadS(playhead, readClocks().monotonicMs / 1000);
      if (canvas.current) drawSignal(canvas.current, buffer, atS);
      setLabels(labelsOf(buffer.traces));
      request = requestAnimationFrame(draw);
    });
    return () => cancelAnimationFrame(request);
  }, [running]);
  const [light, ...axes] = labels === '' ? [] : labels.split('|');
  return (
    <section className="panel" aria-labelledby="signal">
      <div className="panel-head">
        <h2 id="signal">Signal</h2>
        <span className="note">last {SHOWN_S} s, a line every second</span>
      </div>
      <canvas
        ref={canvas}
        className="signal"
        role="img"
        aria-label="Running trace of the light signal and of the acceleration"
      />
      <div className="legend">
        {light === undefined ? <span>Waiting for samples</span> : null}
        {light === undefined || light === '' ? null : (
          <span>
            <i className="swatch" data-tone="1" />
            Light {light}
          </span>
        )}
        {axes.map((axis, i) => (
          <span key={axis}>
            <i className="swatch" data-tone={i + 2} />
            Acceleration {axis}
          </span>
        ))}
      </div>
    </section>
  );
}

/** `530 nm|x|y|z`: a string, so that React sees when nothing changed. */
function labelsOf(traces: readonly { kind: string; label: string }[]): string {
  if (traces.length === 0) return '';
  const light = traces.find(({ kind }) => kind === 'ppg')?.label ?? '';
  const axes = traces.filter(({ kind }) => kind === 'accelerometer').map(({ label }) => label);
  return [light, ...axes].join('|');
}
