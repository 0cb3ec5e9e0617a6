import { memo, useEffect, useRef, useState } from 'react';
import { readClocks } from '../clocks.js';
import { drawSignal } from '../waveform/draw-signal.js';
import { fitted } from '../waveform/canvas-size.js';
import { playheadS } from '../waveform/playhead.js';
import { useWaveform } from '../waveform/use-waveform.js';

/** The same speed on every tile, whatever its width: what is wider shows more of the past. CSS px per second. */
const SPEED_PX_PER_S = 36;

/** The light as it runs, beside the number. */
export const TileSignal = memo(function TileSignal({
  patient,
  who,
}: {
  patient: string;
  who: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const running = useWaveform(patient);
  const [state, setState] = useState<'waiting' | 'running' | 'dropped'>('waiting');
  useEffect(() => {
    /** Of the last drawing, whole pixels; between two of them nothing would be seen to move. */
    let drawnPx = Number.NaN;
    let request = requestAnimationFrame(function draw() {
      request = requestAnimationFrame(draw);
      const { buffer, playhead } = running;
      const atS = playhead === null ? null : playheadS(playhead, readClocks().monotonicMs / 1000);
      const atPx = atS === null ? 0 : Math.round(atS * SPEED_PX_PER_S * devicePixelRatio);
      if (canvas.current === null || atPx === drawnPx) return;
      drawnPx = atPx;
      const shownS = fitted(canvas.current).width / SPEED_PX_PER_S;
      drawSignal(canvas.current, buffer, atS, { shownS, momentS: null, lightOnly: true });
      if (atS === null) return;
      setState(buffer.gaps.some(({ skipped }) => skipped) ? 'dropped' : 'running');
    });
    return () => cancelAnimationFrame(request);
  }, [running]);
  return (
    <div className="tile-signal">
      <canvas ref={canvas} role="img" aria-label={`Running light signal of ${who}`} />
      {state === 'waiting' ? <span className="tile-signal-words">Waiting for samples</span> : null}
      <span className="unseen" role="status">
        {state === 'dropped' ? 'Samples were dropped for this screen; the record has them.' : null}
      </span>
    </div>
  );
});
