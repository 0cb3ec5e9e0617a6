import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { soundOf } from './alarms/ward-alarms.js';
import { App } from './app/app.js';
import { showFailure } from './app/failure.js';
import { fetchPagesSoon } from './app/pages.js';
import { Standstill } from './app/standstill.js';
import { StationContext } from './app/use-station.js';
import { syncFlashes } from './design/synced-flash.js';
import { followTheme } from './design/theme.js';
import { SessionStore } from './session/session-store.js';
import { SessionContext } from './session/use-session.js';
import { isWardDisplay, wallSound } from './sound/wall-sound.js';
import { SoundBox } from './sound/sound-box.js';
import { SoundContext } from './sound/use-sound.js';
import { StationLink } from './station/station-link.js';
import { Station } from './station/station.js';

followTheme();
syncFlashes();

const sound = new SoundBox();
const session = new SessionStore();
const station = new Station(new StationLink());
const standstill = new Standstill(document.body);
let wardDisplay = false;
// Not through React: a tab in the background must still be heard.
station.subscribe(() => {
  const { ward, serverMs, liveness } = station.read();
  sound.call(wallSound(soundOf(ward, serverMs), liveness, wardDisplay));
});
session.subscribe(() => {
  const told = session.read();
  wardDisplay = isWardDisplay(told, wardDisplay);
  if (told.state === 'signed-in') station.open(told.session);
  if (told.state === 'signed-out') station.close();
});
sound.start();
station.start(
  (told) => (told === null ? session.ended() : session.opened(told)),
  () => void session.check(),
  () => standstill.alive(station.read().serverMs, station.shownAgeMs()),
);
session.start();

const place = document.getElementById('app');
if (place === null) throw new Error('index.html has no #app');
const root = createRoot(place, {
  onUncaughtError: (error) => {
    reportError(error);
    showFailure(place);
  },
});
root.render(
  <StrictMode>
    <SessionContext value={session}>
      <StationContext value={station}>
        <SoundContext value={sound}>
          <App />
        </SoundContext>
      </StationContext>
    </SessionContext>
  </StrictMode>,
);
fetchPagesSoon();
