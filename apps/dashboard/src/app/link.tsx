import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { navigate } from './use-route.js';

interface Props extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  to: string;
  /** Before the page changes. */
  onFollow?: () => void;
}

/** A link within the dashboard. Opens in a new tab like any other when asked to. */
export function Link({ to, onFollow, ...rest }: Props) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    onFollow?.();
    navigate(to);
  };
  return <a href={to} onClick={follow} {...rest} />;
}
