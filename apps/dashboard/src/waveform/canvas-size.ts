/** CSS px. */
export interface CanvasSize {
  width: number;
  height: number;
}

const sizes = new WeakMap<Element, CanvasSize>();

/** Asking an element for its size in every frame would have the page laid out in every frame: who watches it is told. */
const watch =
  typeof ResizeObserver === 'undefined'
    ? null
    : new ResizeObserver((entries) => {
        for (const { target } of entries) measure(target);
      });

/** The size of a canvas as of the last layout; its pixels are made to fit when it has changed. */
export function fitted(canvas: HTMLCanvasElement): CanvasSize {
  let size = sizes.get(canvas);
  if (size === undefined) {
    size = measure(canvas);
    watch?.observe(canvas);
  }
  const [width, height] = [size.width * devicePixelRatio, size.height * devicePixelRatio];
  if (canvas.width !== Math.round(width) || canvas.height !== Math.round(height)) {
    canvas.width = Math.round(width);
    canvas.height = Math.round(height);
  }
  return size;
}

function measure(element: Element): CanvasSize {
  const size = { width: element.clientWidth, height: element.clientHeight };
  sizes.set(element, size);
  return size;
}
