import type { Page } from 'playwright-core';

/** What a reader must be able to tell apart at least: text, numbers of the heart rate, shapes. After WCAG 2.2, levels AA and AAA. */
const LEAST = { text: 4.5, number: 7, shape: 3 };

/**
 * In the page: every visible text against what lies behind it, both phases of a flash; heart rates and the shapes of alarms apart.
 * Colours are resolved by a canvas, whatever way they are written.
 */
const LOOK = `(() => {
  const least = ${JSON.stringify(LEAST)};
  const NUMBERS = '.rate-number, .rate-interval';
  const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 })
    .getContext('2d', { willReadFrequently: true });
  const resolved = new Map();
  const rgba = (colour) => {
    if (!resolved.has(colour)) {
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
      resolved.set(colour, [r, g, b, a / 255]);
    }
    return resolved.get(colour);
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  /** What stands out of its ancestor does not lie on it. */
  const holds = (ancestor, { left, right, top, bottom }) => {
    const box = ancestor.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
  };
  const behind = (element) => {
    const layers = [];
    const own = element.getBoundingClientRect();
    for (let at = element; at !== null; at = at.parentElement) {
      if (!holds(at, own)) continue;
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reduceRight((ground, layer) => over(layer, ground), [255, 255, 255, 1]);
  };
  const light = ([r, g, b]) => {
    const [R, G, B] = [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * R + 0.7152 * G + 0.0722 * B;
  };
  const opacity = (element) => {
    let all = 1;
    for (let at = element; at !== null; at = at.parentElement) all *= Number(getComputedStyle(at).opacity);
    return all;
  };
  const ratio = (element) => {
    const ground = behind(element);
    const [r, g, b, a] = rgba(getComputedStyle(element).color);
    const [x, y] = [light(over([r, g, b, a * opacity(element)], ground)), light(ground)];
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  };
  const wrong = [];
  const hold = (element, kind, words) => {
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1 || !element.checkVisibility({ visibilityProperty: true })) return;
    if (element.closest('.unseen, :disabled, [aria-disabled=true]') || opacity(element) < 0.01) return;
    const value = ratio(element);
    if (value < least[kind]) wrong.push(kind + ' ' + value.toFixed(2) + ': ' + words.trim().slice(0, 40) + ' (' + element.className + ')');
  };
  const flashes = document.getAnimations().filter(({ animationName }) => /^(flash|breathe)-/.test(animationName ?? ''));
  const times = flashes.map((flash) => flash.currentTime);
  for (const share of [0.1, 0.9]) {
    for (const flash of flashes) {
      flash.pause();
      flash.currentTime = share * flash.effect.getComputedTiming().duration;
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const element = node.parentElement;
      if (node.data.trim() === '' || element.closest('script, style, noscript, canvas')) continue;
      hold(element, element.closest(NUMBERS) && !element.closest('[data-none=true]') ? 'number' : 'text', node.data);
    }
    for (const shape of document.querySelectorAll('.alarm-shape')) hold(shape.parentElement && shape, 'shape', shape.outerHTML.slice(0, 30));
  }
  flashes.forEach((flash, i) => { flash.currentTime = times[i]; flash.play(); });
  return [...new Set(wrong)];
})()`;

/** What cannot be told apart well enough: kind, ratio, words. Empty when all can. */
export function tooFaint(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(LOOK);
}
