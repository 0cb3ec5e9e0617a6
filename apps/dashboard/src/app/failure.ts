/** How long a failed screen says so before it tries again, ms. */
const RELOAD_AFTER_MS = 10_000;

/** A screen whose program has failed says that it is not live, and starts anew: nobody may stand beside it. */
export function showFailure(place: HTMLElement): void {
  const bar = document.createElement('div');
  bar.className = 'not-live';
  bar.role = 'alert';
  bar.textContent = 'NOT LIVE — this screen has failed and starts again';
  place.replaceChildren(bar);
  document.title = 'NOT LIVE – Vigil';
  setTimeout(() => location.reload(), RELOAD_AFTER_MS);
}
