import { useEffect, useRef, useState } from 'react';
import { readClocks } from '../clocks.js';
import { SHOWN_S, drawSignal } from '../waveform/draw-signal.js';
import { SignalLegend } from '../waveform/signal-legend.js';
import { playheadS } from '../waveform/playhead.js';
import { useWaveform } from '../waveform/use-waveform.js';
import type { Trace } from '../waveform/waveform-buffer.js';

/** The light and the motion, as they run. */
export function SignalPanel({ patient }: { patient: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const running = useWaveform(patient);
  const [, setLabels] = useState('');
  const [skipped, setSkipped] = useState(false);
  useEffect(() => {
    let request = requestAnimationFrame(function draw() {
      const { buffer, playhead } = running;
      const atS = playhead === null ? null : playheadS(playhead, readClocks().monotonicMs / 1000);
      if (canvas.current) drawSignal(canvas.current, buffer, atS);
      setLabels(labelsOf(buffer.traces));
      setSkipped(buffer.gaps.some((gap) => gap.skipped));
      request = requestAnimationFrame(draw);
    });
    return () => cancelAnimationFrame(request);
  }, [running]);
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
      <SignalLegend traces={running.buffer.traces} />
      <p className="unseen" role="status">
        {skipped ? 'Samples were dropped for this screen; the record has them.' : null}
      </p>
    </section>
  );
}

/** What the legend says, as a string, so that React sees when nothing changed. */
function labelsOf(traces: readonly Trace[]): string {
  return traces.map(({ kind, label }) => `${kind} ${label}`).join('|');
}
