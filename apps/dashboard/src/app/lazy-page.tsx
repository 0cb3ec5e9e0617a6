import {
  type ComponentType,
  Suspense,
  createContext,
  lazy,
  useContext,
  useEffect,
  useReducer,
} from 'react';
import { addresses } from './route.js';
import { Link } from './link.js';

/** Tries once more to get the page that is missing. */
const AgainContext = createContext<() => void>(() => undefined);

/**
 * A page whose program comes when it is first opened. Around it all goes on meanwhile: the bar, the banners, the sound. When it
 * does not come, that is said in its place, with what to do.
 */
export function lazyPage<P extends object>(
  load: () => Promise<ComponentType<P>>,
): ComponentType<P> {
  const attempt = () => lazy(async () => ({ default: await load().catch(() => Missing) }));
  let Page = attempt();
  return function LazyPage(props: P) {
    const [, redraw] = useReducer((count: number) => count + 1, 0);
    const again = () => {
      Page = attempt();
      redraw();
    };
    return (
      <AgainContext value={again}>
        <Suspense fallback={<Opening />}>
          <Arrived />
          <Page {...props} />
        </Suspense>
      </AgainContext>
    );
  };
}

/** Whether the keyboard was at the page that was still to come. */
let wasThere = false;

/** It then begins at the page itself, as if that had been there at once. */
function Arrived() {
  useEffect(() => {
    if (wasThere) document.getElementById('main')?.focus({ preventScroll: true });
    wasThere = false;
  }, []);
  return null;
}

function Opening() {
  return (
    <main
      id="main"
      tabIndex={-1}
      className="message"
      aria-busy="true"
      onFocus={() => (wasThere = true)}
      onBlur={() => (wasThere = false)}
    >
      <h2>Opening the page</h2>
    </main>
  );
}

/** After an update of the station its old parts are gone: only a reload brings the new ones. */
function Missing() {
  const again = useContext(AgainContext);
  return (
    <main id="main" tabIndex={-1} className="message">
      <h2>This page could not be loaded</h2>
      <p role="alert">
        The station did not send this part of the screen: it cannot be reached now, or it has been
        updated. Try again; if that does not help, reload the screen. The wall and its alarms are
        not affected.
      </p>
      <button type="button" className="button strong" onClick={again}>
        Try again
      </button>
      <button type="button" className="button" onClick={() => location.reload()}>
        Reload the screen
      </button>
      <Link className="button" to={addresses.home}>
        Back to the ward
      </Link>
    </main>
  );
}
