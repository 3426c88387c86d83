/** Where the music is: made from the last state message, good for times near it. Times are of performance.now(). */
export class Position {
  running = false;
  bpm = 120;
  #beat = 0;
  #atPageMs = 0;

  /** Takes a state message; returns whether the music went on from where it was (false: it was started anew or moved). */
  update(state, clock) {
    const atPageMs = clock.toPage(state.at);
    const jump = Math.abs(state.beat - (this.running ? this.beatAt(atPageMs) : this.#beat));
    this.running = state.running;
    this.bpm = state.bpm;
    this.#beat = state.beat;
    this.#atPageMs = atPageMs;
    return jump < 1;
  }

  beatAt(pageMs) {
    return this.running ? this.#beat + (pageMs - this.#atPageMs) * this.bpm / 60_000 : this.#beat;
  }

  timeOf(beat) {
    return this.#atPageMs + (beat - this.#beat) * 60_000 / this.bpm;
  }
}
