import { useSyncExternalStore } from 'react';
import { BrandIcon } from '../design/icons.js';
import { LinkSignIn } from './link-sign-in.js';
import { SignInForm } from './sign-in-form.js';

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** The token of a one-time link: behind the `#`, so that no server and no log ever sees it. */
export function useLinkToken(): string | null {
  return useSyncExternalStore(subscribe, () => location.hash.slice(1)) || null;
}

interface Props {
  /** This screen showed patients until now. */
  ended: boolean;
  /** Whether the address is one that a link leads to. */
  withLink: boolean;
}

/** Nobody is signed in: nothing of any patient is on this page. */
export function SignInPage({ ended, withLink }: Props) {
  const token = useLinkToken();
  return (
    <>
      {ended ? (
        <div className="not-live" role="alert">
          <span>NOT LIVE — signed out</span>
          <small className="consequence">This screen shows no patients and sounds no alarms.</small>
        </div>
      ) : null}
      <main id="main" tabIndex={-1} className="sign-in">
        <div className="sign-in-brand">
          <BrandIcon />
          <span>Vigil</span>
        </div>
        {withLink && token !== null ? <LinkSignIn key={token} token={token} /> : <SignInForm />}
      </main>
    </>
  );
}
