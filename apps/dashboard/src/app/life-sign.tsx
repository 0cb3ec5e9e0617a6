import { useEffect, useRef } from 'react';
import type { Liveness } from '../station/liveness.js';

const WORDS: Record<Liveness['state'], string> = {
  live: 'LIVE',
  waiting: 'WAITING',
  'not-live': 'NOT LIVE',
};

/** Moves while the screen is being drawn, and only then: a frozen picture shows itself by a runner that stands still. */
export function LifeSign({ state }: { state: Liveness['state'] }) {
  const runner = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const calm = matchMedia('(prefers-reduced-motion: reduce)');
    let request = requestAnimationFrame(function draw(nowMs) {
      const phase = (nowMs / 2000) % 1;
      const swing = calm.matches ? Math.round(phase) : 0.5 - 0.5 * Math.cos(phase * 2 * Math.PI);
      if (runner.current)
        runner.current.style.transform = `translateX(${(swing * 40).toFixed(1)}px)`;
      request = requestAnimationFrame(draw);
    });
    return () => cancelAnimationFrame(request);
  }, []);
  return (
    <div className="life" data-state={state}>
      <div className="life-track" aria-hidden="true">
        <div className="life-runner" ref={runner} />
      </div>
      <span className="life-word">{WORDS[state]}</span>
    </div>
  );
}
