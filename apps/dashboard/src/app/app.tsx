import { Banners } from './banners.js';
import { SignedIn } from './signed-in.js';
import { useSessionState } from '../session/use-session.js';
import { SignInPage, useLinkToken } from '../session/sign-in-page.js';
import { useRoute } from './use-route.js';
import { useStationView } from './use-station.js';
import { useEffect } from 'react';

/** Who is there decides what is shown at all. */
export function App() {
  const session = useSessionState();
  const route = useRoute();
  const token = useLinkToken();
  const atLink = route.page === 'sign-in' && token !== null;
  // A link is for somebody else than who is signed in here.
  if (atLink) return <SignedOut ended={false} withLink />;
  switch (session.state) {
    case 'unknown':
      return <Connecting />;
    case 'signed-out':
      return <SignedOut ended={session.ended} withLink={false} />;
    case 'signed-in':
      return <SignedIn key={session.session.person} route={route} />;
  }
}

function SignedOut({ ended, withLink }: { ended: boolean; withLink: boolean }) {
  useEffect(() => {
    document.title = ended ? 'NOT LIVE – Vigil' : 'Sign in – Vigil';
  }, [ended]);
  return <SignInPage ended={ended} withLink={withLink} />;
}

function Connecting() {
  return (
    <>
      <Banners view={useStationView()} />
      <main id="main" tabIndex={-1} className="message" aria-busy="true">
        <h1>Connecting to the station</h1>
        <p>Nothing is shown until it says who is signed in here.</p>
      </main>
    </>
  );
}
