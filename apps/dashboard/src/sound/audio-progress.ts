/** So long the audio clock may stand still, s: between two looks of a tab in the background a second passes, or a minute. */
const STILL_MAX_S = 3;
/** A look so long after the one before says nothing: nobody looked in between, s. */
const UNSEEN_S = 2;

/** Whether the audio clock of a context that claims to play moves. */
export class AudioProgress {
  private last: { audioS: number; movedS: number; lookedS: number } | null = null;
  stalled = false;

  /** @param audioS null while the context does not claim to play */
  look(audioS: number | null, nowS: number): void {
    const { last } = this;
    if (audioS === null) {
      this.last = null;
      this.stalled = false;
      return;
    }
    const moved = last === null || audioS !== last.audioS;
    const unseen = last !== null && nowS - last.lookedS > UNSEEN_S;
    const movedS = moved || unseen ? nowS : last.movedS;
    this.last = { audioS, movedS, lookedS: nowS };
    if (moved) this.stalled = false;
    else if (nowS - movedS > STILL_MAX_S) this.stalled = true;
  }
}
