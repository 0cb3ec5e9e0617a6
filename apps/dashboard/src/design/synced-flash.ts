/** Lets all flashes run in one phase: twelve tiles that flash each on its own time are noise, not an alarm. */
export function syncFlashes(): void {
  document.addEventListener('animationstart', ({ target, animationName }) => {
    if (!(target instanceof Element) || !animationName.startsWith('flash-')) return;
    for (const animation of target.getAnimations()) animation.startTime = 0;
  });
}
