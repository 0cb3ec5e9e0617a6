import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef } from 'react';
import { PAN_STEP, ZOOM_STEP, zoomShare } from './trend-controls.js';
import { type TrendView, panned, zoomed } from './trend-view.js';

interface Props {
  view: TrendView;
  onView: (view: TrendView) => void;
  nowMs: number;
  reading: boolean;
  children: ReactNode;
}

/** One notch of a wheel changes the span by so much. */
const WHEEL_PER_PX = 0.002;

/**
 * Moves and zooms what is in it by keys, wheel and drag. A wheel alone zooms only once the field has the focus: who scrolls
 * down the page must not change the time that is shown.
 */
export function TrendField({ view, onView, nowMs, reading, children }: Props) {
  const field = useRef<HTMLDivElement>(null);
  const latest = useRef({ view, onView, nowMs });
  latest.current = { view, onView, nowMs };
  const drag = useRef<{ pointer: number; x: number; view: TrendView } | null>(null);

  useEffect(() => {
    const element = field.current;
    if (element === null) return;
    const wheel = (event: WheelEvent) => {
      const { view: old, onView: change, nowMs: now } = latest.current;
      const box = element.getBoundingClientRect();
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey) {
        event.preventDefault();
        const px = event.deltaX === 0 ? event.deltaY : event.deltaX;
        change(panned(old, px / box.width, now));
        return;
      }
      if (!event.ctrlKey && !event.metaKey && !element.contains(document.activeElement)) return;
      event.preventDefault();
      const share = (event.clientX - box.left) / box.width;
      change(zoomed(old, Math.exp(event.deltaY * WHEEL_PER_PX), share, now));
    };
    // React listens passively, and could not keep the page where it is.
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, []);

  const key = (event: KeyboardEvent) => {
    const next = viewAfter(event.key, view, nowMs);
    if (next === null || event.target !== field.current) return;
    event.preventDefault();
    onView(next);
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0 || (event.target as Element).closest('button') !== null) return;
    drag.current = { pointer: event.pointerId, x: event.clientX, view };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    if (drag.current?.pointer !== event.pointerId) return;
    const dx = event.clientX - drag.current.x;
    onView(panned(drag.current.view, -dx / event.currentTarget.clientWidth, nowMs));
  };
  const up = () => (drag.current = null);
  return (
    <div
      ref={field}
      className="trend-field"
      role="group"
      tabIndex={0}
      aria-label="Trend. Arrow keys move it, plus and minus zoom, End goes to now"
      aria-busy={reading}
      onKeyDown={key}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
    >
      {children}
    </div>
  );
}

function viewAfter(key: string, view: TrendView, nowMs: number): TrendView | null {
  switch (key) {
    case 'ArrowLeft':
      return panned(view, -PAN_STEP, nowMs);
    case 'ArrowRight':
      return panned(view, PAN_STEP, nowMs);
    case '+':
    case '=':
      return zoomed(view, ZOOM_STEP, zoomShare(view), nowMs);
    case '-':
      return zoomed(view, 1 / ZOOM_STEP, zoomShare(view), nowMs);
    case 'End':
      return { ...view, endMs: null };
    default:
      return null;
  }
}
