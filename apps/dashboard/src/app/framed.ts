type Subscribe = (listener: () => void) => () => void;

const known = new WeakMap<Subscribe, Subscribe>();

/**
 * A subscription that tells its listeners once per frame of the screen, together. A page that nobody sees has no frames: there
 * they are told at once, as a tab's title must call too.
 */
export function framed(subscribe: Subscribe): Subscribe {
  const made = known.get(subscribe) ?? make(subscribe);
  known.set(subscribe, made);
  return made;
}

function make(subscribe: Subscribe): Subscribe {
  const listeners = new Set<() => void>();
  let leave: (() => void) | null = null;
  let request = 0;
  const tell = () => {
    cancelAnimationFrame(request);
    request = 0;
    for (const listener of listeners) listener();
  };
  const changed = () => {
    if (document.hidden) tell();
    else if (request === 0) request = requestAnimationFrame(tell);
  };
  return (listener) => {
    listeners.add(listener);
    leave ??= subscribe(changed);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      leave?.();
      leave = null;
      cancelAnimationFrame(request);
      request = 0;
    };
  };
}
