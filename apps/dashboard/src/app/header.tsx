import { useSyncExternalStore } from 'react';
import { isCalling } from '../alarms/alarm-words.js';
import { wardAlarmsFirst } from '../alarms/ward-alarms.js';
import { BrandIcon, SoundIcon, ThemeIcon } from '../design/icons.js';
import { chooseTheme, onTheme, readTheme, themeAfter } from '../design/theme.js';
import { useSound } from '../sound/use-sound.js';
import { trustOf } from '../station/liveness.js';
import type { StationView } from '../station/station.js';
import { tileView } from '../wall/tile-view.js';
import { timeOfDay } from '../words.js';
import { WardChooser } from '../ward/ward-chooser.js';
import { AccountMenu } from './account-menu.js';
import { LifeSign } from './life-sign.js';
import { Link } from './link.js';
import { addresses } from './route.js';

interface Props {
  view: StationView;
  title: string;
  /** Whether it is of one ward, so that another can be chosen. */
  ofWard: boolean;
}

export function Header({ view, title, ofWard }: Props) {
  const { liveness, serverMs, place } = view;
  const connected = !(liveness.state === 'not-live' && liveness.parts.includes('connection'));
  const time = serverMs !== null && connected ? timeOfDay(serverMs) : '––:––:––';
  return (
    <header className="bar">
      <Link
        to={place === null ? addresses.home : addresses.wall(place)}
        className="brand"
        aria-label="Vigil, the ward"
      >
        <BrandIcon />
        <span>Vigil</span>
      </Link>
      <h1>{title}</h1>
      {ofWard ? <WardChooser ward={place} /> : null}
      <Counts view={view} />
      <div className="bar-end">
        <LifeSign state={liveness.state} />
        <div className="clock" data-known={connected} title="The station's clock">
          {time}
        </div>
        <SoundButton />
        <ThemeButton />
        <AccountMenu ward={place} />
      </div>
    </header>
  );
}

function Counts({ view }: { view: StationView }) {
  if (view.ward === null) return null;
  const states = [...view.ward.patients.values()];
  const trust = trustOf(view.liveness);
  const numbers = states.filter(
    (state) => tileView(state, view.serverMs, trust).rate.kind === 'number',
  ).length;
  const calls = wardAlarmsFirst(view.ward).filter(isCalling).length;
  return (
    <div className="counts">
      <span>
        <b>{states.length}</b> {states.length === 1 ? 'patient' : 'patients'}
      </span>
      <span>
        <b>{numbers}</b> with a heart rate now
      </span>
      <span>
        <b>{calls}</b> to acknowledge
      </span>
    </div>
  );
}

function SoundButton() {
  const { state, box } = useSound();
  const words = {
    on: 'Sound is on',
    blocked: 'Sound is blocked',
    stalled: 'Sound has stopped',
    unavailable: 'No sound here',
  }[state];
  return (
    <button
      type="button"
      className="button plain"
      onClick={() => void box.test('medium')}
      disabled={state === 'unavailable'}
      aria-label={`Test sound. ${words}`}
      title={words}
    >
      <SoundIcon on={state === 'on'} />
      <span className="button-word">Test sound</span>
    </button>
  );
}

function ThemeButton() {
  const theme = useSyncExternalStore(onTheme, readTheme);
  const other = themeAfter(theme);
  return (
    <button
      type="button"
      className="button plain theme"
      onClick={() => chooseTheme(other)}
      aria-label={`Change to the ${other} theme`}
      title={`Change to the ${other} theme`}
    >
      <ThemeIcon theme={theme} />
    </button>
  );
}
