import { readClocks } from '../clocks.js';
import { AudioProgress } from './audio-progress.js';
import { BURSTS, PARTIALS, type Played, RAMP_S, type SoundPriority, dueBurst } from './burst.js';

/**
 * `blocked`: the browser wants a gesture first. `stalled`: it says that it plays, and its audio does not move. `unavailable`: it
 * has no Web Audio at all.
 */
export type SoundState = 'blocked' | 'on' | 'stalled' | 'unavailable';

/** Sounds the bursts. Never muted from inside: what keeps it silent is always visible in `state`. */
export class SoundBox {
  private readonly context: AudioContext | null =
    typeof AudioContext === 'undefined' ? null : new AudioContext();
  private readonly listeners = new Set<() => void>();
  private calling: SoundPriority | null = null;
  private played: Played | null = null;
  private output: GainNode | null = null;
  private readonly progress = new AudioProgress();
  private readonly wave: PeriodicWave | null = this.context === null ? null : waveOf(this.context);

  start(): void {
    this.context?.addEventListener('statechange', () => this.listeners.forEach((tell) => tell()));
    // Not when a pointer goes down: the banner that then goes would move the page under it, and what was meant to be
    // pressed, such as an acknowledgement, would not be.
    for (const gesture of ['click', 'keydown']) {
      document.addEventListener(gesture, () => void this.unlock(), { capture: true });
    }
    setInterval(() => {
      this.watch();
      this.sound();
    }, 100);
  }

  /** A device that has gone takes the sound with it, and the browser does not say so: its clock stands still. */
  private watch(): void {
    if (this.context === null) return;
    const before = this.state();
    const { state, currentTime } = this.context;
    this.progress.look(state === 'running' ? currentTime : null, readClocks().monotonicMs / 1000);
    if (this.state() !== before) this.listeners.forEach((tell) => tell());
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly state = (): SoundState => {
    if (this.context === null) return 'unavailable';
    if (this.context.state !== 'running') return 'blocked';
    return this.progress.stalled ? 'stalled' : 'on';
  };

  /** The most urgent unanswered call, or null: then a burst that still sounds falls silent. */
  call(priority: SoundPriority | null): void {
    if (priority === null && this.calling !== null) {
      this.hush();
      this.played = null;
    }
    this.calling = priority;
    this.sound();
  }

  /** One burst, to hear that it can be heard. */
  async test(priority: SoundPriority): Promise<void> {
    await this.unlock();
    this.play(priority);
  }

  private async unlock(): Promise<void> {
    if (this.context !== null && this.context.state !== 'running') await this.context.resume();
    this.sound();
  }

  private sound(): void {
    if (this.context?.state !== 'running') return;
    const due = dueBurst(this.calling, this.played, this.context.currentTime);
    if (due === null) return;
    this.hush();
    this.played = { priority: due, atS: this.context.currentTime };
    this.play(due);
  }

  private play(priority: SoundPriority): void {
    const { context, wave } = this;
    if (context === null || wave === null) return;
    const { pulses, level } = BURSTS[priority];
    const output = context.createGain();
    output.gain.value = level;
    output.connect(context.destination);
    this.output = output;
    const beginS = context.currentTime + 0.02;
    for (const { startS, lengthS, frequencyHz } of pulses) {
      const oscillator = context.createOscillator();
      oscillator.setPeriodicWave(wave);
      oscillator.frequency.value = frequencyHz;
      const envelope = context.createGain();
      const [on, off] = [beginS + startS, beginS + startS + lengthS];
      envelope.gain.setValueAtTime(0, on);
      envelope.gain.linearRampToValueAtTime(1, on + RAMP_S);
      envelope.gain.setValueAtTime(1, off - RAMP_S);
      envelope.gain.linearRampToValueAtTime(0, off);
      oscillator.connect(envelope).connect(output);
      oscillator.start(on);
      oscillator.stop(off);
    }
  }

  private hush(): void {
    const { context, output } = this;
    if (context === null || output === null) return;
    output.gain.setTargetAtTime(0, context.currentTime, RAMP_S / 3);
    this.output = null;
  }
}

function waveOf(context: AudioContext): PeriodicWave {
  const overtones = Float32Array.from([0, ...PARTIALS]);
  return context.createPeriodicWave(new Float32Array(overtones.length), overtones);
}
