const WATCH_S = 2;
const FEWEST = 8;
const MARGIN_S = 0.01;
const LONGEST_S = 0.4;

/**
 * Delays drums evenly where the loudspeaker is farther behind than drums are sent ahead (wireless headphones): playing each at once
 * would break the rhythm. Drums that are late once, because the machine stumbled, change nothing; when there is time to spare
 * again, the delay shrinks.
 */
export class EvenDelay {
  /** By how much drums are to be played later, in s. */
  seconds = 0;
  #lateness = [];
  #since = 0;

  /** Takes how late a drum came, delay included (negative: early), and when, both in s. */
  judge(lateBy, now) {
    if (this.#lateness.length === 0) {
      this.#since = now;
    }
    this.#lateness.push(lateBy);
    if (now - this.#since < WATCH_S || this.#lateness.length < FEWEST) {
      return;
    }
    const sorted = this.#lateness.toSorted((a, b) => a - b);
    const worst = sorted[sorted.length - 1];
    if (sorted[0] > 0) {
      this.seconds = Math.min(LONGEST_S, this.seconds + sorted[sorted.length >> 1] + MARGIN_S);
    } else if (worst < -3 * MARGIN_S) {
      this.seconds = Math.max(0, this.seconds + worst + MARGIN_S);
    }
    this.#lateness = [];
  }
}
