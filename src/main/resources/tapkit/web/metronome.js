const AHEAD_MS = 150;

/** Clicks on the beat. `mode` is "on", "off" or "auto": until drums play. */
export class Metronome {
  mode = 'auto';
  #sound;
  #next = -Infinity;
  #drumsUntil = -Infinity;

  constructor(sound) {
    this.#sound = sound;
  }

  /** Drums sound up to this beat; "auto" is quiet until two bars later. */
  drumAt(beat) {
    this.#drumsUntil = beat;
  }

  reset() {
    this.#next = -Infinity;
    this.#drumsUntil = -Infinity;
  }

  /** Schedules the clicks that are due next; to be called more often than every 150 ms. `position` as in position.js. */
  run(position) {
    const now = performance.now();
    const first = position.beatAt(now);
    const last = position.beatAt(now + AHEAD_MS);
    this.#next = Math.max(this.#next, Math.ceil(first));
    for (; this.#next <= last; this.#next++) {
      if (this.#wanted(this.#next)) {
        this.#sound.click(this.#next % 4 === 0, position.timeOf(this.#next));
      }
    }
  }

  #wanted(beat) {
    return this.mode === 'on' || (this.mode === 'auto' && beat > this.#drumsUntil + 8);
  }
}
