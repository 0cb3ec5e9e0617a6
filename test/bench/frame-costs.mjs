/**
 * The main thread's work between two frames, from a recorded Chromium trace (`devtools.timeline`).
 * What lies inside something else counts once, for the innermost: a layout that a script asks for is layout.
 */
const KINDS = new Map(
  Object.entries({
    script: [
      'FunctionCall',
      'EvaluateScript',
      'TimerFire',
      'FireAnimationFrame',
      'EventDispatch',
      'RunMicrotasks',
      'MinorGC',
      'MajorGC',
      'V8.GCScavenger',
      'V8.GCIncrementalMarking',
      'WebSocketReceive',
      'v8.callFunction',
      'v8.compile',
    ],
    layout: ['UpdateLayoutTree', 'Layout', 'InvalidateLayout', 'HitTest'],
    paint: ['PrePaint', 'Paint', 'Layerize', 'Commit', 'UpdateLayer', 'CompositeLayers'],
  }).flatMap(([kind, names]) => names.map((name) => [name, kind])),
);

/** @returns per frame and clock (`cpu`, `wall`) the ms of `script`, `layout` and `paint` since the frame before. */
export function frameCosts(events) {
  const thread = mainThread(events);
  const own = events
    .filter(({ pid, tid }) => pid === thread.pid && tid === thread.tid)
    .toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  const starts = own.filter(({ name }) => name === 'BeginMainThreadFrame').map(({ ts }) => ts);
  const frames = starts.map(() => ({ cpu: none(), wall: none() }));
  for (const { kind, ts, cpuUs, wallUs } of selfTimes(own)) {
    // What was done since the last frame began belongs to it.
    const frame = frames[lastBefore(starts, ts)];
    if (frame === undefined) continue;
    frame.cpu[kind] += cpuUs / 1000;
    frame.wall[kind] += wallUs / 1000;
  }
  return frames;
}

/** @param sorted ascending. */
export function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

function none() {
  return { script: 0, layout: 0, paint: 0 };
}

/** Of the page: the renderer's main thread that ran most frames. */
function mainThread(events) {
  const counts = new Map();
  for (const { name, pid, tid } of events) {
    if (name !== 'BeginMainThreadFrame') continue;
    const key = `${pid}/${tid}`;
    counts.set(key, { pid, tid, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const [most] = [...counts.values()].toSorted((a, b) => b.count - a.count);
  if (most === undefined) throw new Error('the trace has no frames');
  return most;
}

/** Each known event without what lies inside it. */
function selfTimes(events) {
  const times = [];
  const open = [];
  for (const { name, ph, ts, dur = 0, tdur = dur } of events) {
    const kind = KINDS.get(name);
    if (ph !== 'X' || kind === undefined) continue;
    while (open.length > 0 && open.at(-1).endTs <= ts) open.pop();
    const parent = open.at(-1)?.time;
    if (parent !== undefined) {
      parent.cpuUs -= tdur;
      parent.wallUs -= dur;
    }
    const time = { kind, ts, cpuUs: tdur, wallUs: dur };
    times.push(time);
    open.push({ endTs: ts + dur, time });
  }
  return times;
}

function lastBefore(starts, ts) {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= ts) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
