import type { ActivityClass, AlarmPriority } from '@app/contracts';
import type { ReactNode } from 'react';
import type { Theme } from './theme.js';

function Stroke({ children, size = 20 }: { children: ReactNode; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

const ACTIVITIES: Record<ActivityClass, ReactNode> = {
  rest: (
    <>
      <circle cx="9.5" cy="4.5" r="2" />
      <path d="M9.5 9v6h6l2 6M5.5 10v8.5h6M9.5 12H14" />
    </>
  ),
  walking: (
    <>
      <circle cx="13" cy="3.8" r="2" />
      <path d="M12.5 8 11 13.5l3 3 .8 5M11 13.5l-1.3 4L7 21.5M12.5 8 8.7 10l-1 3M12.5 8l2 3 3 1" />
    </>
  ),
  running: (
    <>
      <circle cx="15" cy="3.8" r="2" />
      <path d="m13.3 8-3 5.5 4 2.7-1.3 5.3M10.3 13.5 8 17H3.5M13.3 8 8.5 8.3 6.5 11.5M13.3 8l2.4 3.4 3.8-.4" />
    </>
  ),
  stairs: <path d="M3 20h5v-5h5v-5h5V5h3" />,
  other: <path d="M3 13c2-6 4-6 6 0s4 6 6 0 4-5 6-1" />,
  unknown: <path d="M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 18h.01" />,
};

export function ActivityIcon({ activity, size = 20 }: { activity: ActivityClass; size?: number }) {
  return <Stroke size={size}>{ACTIVITIES[activity]}</Stroke>;
}

/** Triangle, diamond and disc: told apart without colour. */
export function PriorityShape({ priority }: { priority: AlarmPriority }) {
  const shapes: Record<AlarmPriority, ReactNode> = {
    high: <path d="M12 2.5 22.5 21H1.5Z" />,
    medium: <path d="M12 1.5 22.5 12 12 22.5 1.5 12Z" />,
    low: <circle cx="12" cy="12" r="9" />,
    info: <circle cx="12" cy="12" r="6" />,
  };
  return (
    <svg className="alarm-shape" width="18" height="18" viewBox="0 0 24 24" aria-hidden="true">
      <g fill="currentColor">{shapes[priority]}</g>
    </svg>
  );
}

export function BatteryIcon({ level }: { level: number }) {
  return (
    <svg width="24" height="14" viewBox="0 0 24 14" aria-hidden="true">
      <rect
        x="1"
        y="1"
        width="19"
        height="12"
        rx="3"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
      />
      <rect x="21" y="4.5" width="2" height="5" rx="1" fill="currentColor" />
      <rect
        x="3.2"
        y="3.2"
        width={Math.max(1.5, 14.6 * level)}
        height="7.6"
        rx="1.4"
        fill="currentColor"
      />
    </svg>
  );
}

export function LinkIcon({ connected }: { connected: boolean }) {
  return (
    <Stroke size={18}>
      <path d="M4 9.5a12 12 0 0 1 16 0M7.3 13.2a7 7 0 0 1 9.4 0M12 17.5h.01" />
      {connected ? null : <path d="M4 3l16 18" />}
    </Stroke>
  );
}

export function QualityIcon({ steps }: { steps: number }) {
  return (
    <svg width="20" height="16" viewBox="0 0 20 16" aria-hidden="true">
      {[1, 2, 3, 4].map((step) => (
        <rect
          key={step}
          x={(step - 1) * 5}
          y={16 - step * 4}
          width="3.4"
          height={step * 4}
          rx="1"
          fill="currentColor"
          opacity={step <= steps ? 1 : 0.25}
        />
      ))}
    </svg>
  );
}

export function SignalIcon() {
  return (
    <Stroke size={18}>
      <path d="M2 13h4l2.5-7 4.5 13 3-8 1.5 2H22" />
    </Stroke>
  );
}

export function BacklogIcon() {
  return (
    <Stroke size={18}>
      <path d="M12 3v10M7.5 9 12 13.5 16.5 9M4 16v4h16v-4" />
    </Stroke>
  );
}

export function CheckIcon() {
  return (
    <Stroke size={18}>
      <path d="m4.5 12.5 5 5 10-11" strokeWidth="2.6" />
    </Stroke>
  );
}

export function BackIcon() {
  return (
    <Stroke>
      <path d="M19 12H5M11 6l-6 6 6 6" />
    </Stroke>
  );
}

export function SoundIcon({ on }: { on: boolean }) {
  return (
    <Stroke>
      <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5Z" />
      {on ? (
        <path d="M15.5 9a4.2 4.2 0 0 1 0 6M18.3 6.3a8 8 0 0 1 0 11.4" />
      ) : (
        <path d="m16 9.5 5 5m0-5-5 5" />
      )}
    </Stroke>
  );
}

export function ThemeIcon({ theme }: { theme: Theme }) {
  return (
    <Stroke>
      {theme !== 'light' ? (
        <path
          d="M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5Z"
          fill={theme === 'night' ? 'currentColor' : 'none'}
        />
      ) : (
        <>
          <circle cx="12" cy="12" r="4" />
          <path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4" />
        </>
      )}
    </Stroke>
  );
}

export function PersonIcon() {
  return (
    <Stroke>
      <circle cx="12" cy="8" r="3.8" />
      <path d="M4.5 20.5c1-4 4-6 7.5-6s6.5 2 7.5 6" />
    </Stroke>
  );
}

export function BrandIcon() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#0f766e" />
      <path
        d="M4 17h6l3-8 5 15 4-9 1.5 2H28"
        fill="none"
        stroke="#fff"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
