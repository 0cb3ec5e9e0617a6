import { useMemo } from 'react';
import { encodeQR } from 'qr';

/** A code that a camera can read: dark on white by day and by night. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { path, size } = useMemo(() => drawn(text), [text]);
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}

/** The standard asks for four modules of quiet around a code. */
const QUIET_MODULES = 4;

function drawn(text: string): { path: string; size: number } {
  const rows = encodeQR(text, 'raw', { border: QUIET_MODULES });
  const path = rows
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return { path, size: rows.length };
}
