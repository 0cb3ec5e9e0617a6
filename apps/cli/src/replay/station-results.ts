import { setTimeout as sleep } from 'node:timers/promises';
import type { VitalSigns, WindowsResponse } from '@app/contracts';

export interface ExpectedBoot {
  patient: string;
  device: string;
  bootId: string;
  /** Windows 0 to this one are expected. */
  lastWindow: number;
}

export interface AwaitOptions {
  httpUrl: string;
  /** Of a session that sees the patients. */
  headers: Record<string, string>;
  /** Gives up when nothing new has come for so long, ms. */
  patienceMs: number;
  onProgress: (windows: number) => void;
  signal: AbortSignal;
}

const POLL_MS = 500;
const PAGE_WINDOWS = 5000;

/**
 * Waits until the station has stored a result for every expected window, or until nothing new has come for a while.
 * @returns what there is by boot, live and backfill lane, in the order of `expected`.
 */
export async function awaitResults(
  expected: readonly ExpectedBoot[],
  options: AwaitOptions,
): Promise<VitalSigns[][]> {
  const results: VitalSigns[][] = expected.map(() => []);
  let changed = performance.now();
  for (;;) {
    for (const [i, boot] of expected.entries()) {
      if (isComplete(boot, results[i]!)) continue;
      const now = await fetchResults(boot, options);
      if (now === null) continue;
      if (now.length > results[i]!.length) changed = performance.now();
      results[i] = now;
    }
    options.onProgress(results.reduce((sum, one) => sum + distinct(one), 0));
    if (expected.every((boot, i) => isComplete(boot, results[i]!))) return results;
    if (performance.now() - changed > options.patienceMs) return results;
    await sleep(POLL_MS, undefined, { signal: options.signal });
  }
}

function isComplete(boot: ExpectedBoot, results: readonly VitalSigns[]): boolean {
  return distinct(results) > boot.lastWindow;
}

function distinct(results: readonly VitalSigns[]): number {
  return new Set(results.map((result) => result.window)).size;
}

/** Null while the station is away, or does not know the patient yet. */
async function fetchResults(
  { patient, device, bootId }: ExpectedBoot,
  { httpUrl, headers, signal }: AwaitOptions,
): Promise<VitalSigns[] | null> {
  const results: VitalSigns[] = [];
  let afterWindow = -1;
  for (;;) {
    const query = new URLSearchParams({
      device,
      bootId,
      afterWindow: String(afterWindow),
      limit: String(PAGE_WINDOWS),
    });
    const url = new URL(`/api/patients/${encodeURIComponent(patient)}/windows?${query}`, httpUrl);
    const page = await fetchPage(url, headers, signal);
    if (page === null) return null;
    results.push(...page.windows);
    if (page.windows.length < PAGE_WINDOWS) return results;
    afterWindow = Math.max(...page.windows.map((result) => result.window));
  }
}

async function fetchPage(
  url: URL,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<WindowsResponse | null> {
  let response: Response;
  try {
    response = await fetch(url, { headers, signal });
  } catch (error) {
    // a station that is starting again: the patience of the caller decides
    if (error instanceof TypeError) return null;
    throw error;
  }
  if (response.status === 404 || response.status === 503) return null;
  if (!response.ok)
    throw new Error(`${url.href} answered ${response.status}: ${await response.text()}`);
  const page: WindowsResponse = await response.json();
  return page;
}
