/** How much two clocks may drift apart, as a share of time passed: what makes an old measurement worth less. */
const DRIFT = 1e-4;
const KEPT_MS = 30_000;

/**
 * The server's clock as seen from here. Each ping gives one measurement: the server's time lies somewhere in the round trip, so
 * the middle is wrong by at most half of it. The measurement with the least possible error by now is believed.
 */
export class ServerClock {
  #measured = [];
  #offset = 0;

  /** All in ms: our clock when the ping left, the server's clock when it answered, our clock when the answer came. */
  add(sent, server, received) {
    const error = (received - sent) / 2;
    this.#measured.push({offset: server - (sent + error), error, at: received});
    this.#measured = this.#measured.filter(m => received - m.at < KEPT_MS);
    const errorNow = m => m.error + DRIFT * (received - m.at);
    this.#offset = this.#measured.reduce((a, b) => errorNow(b) <= errorNow(a) ? b : a).offset;
  }

  get known() {
    return this.#measured.length > 0;
  }

  /** By how much the server's time may be wrong, in ms: half the best round trip. */
  get error() {
    return Math.min(...this.#measured.map(m => m.error));
  }

  toServer(pageMs) {
    return pageMs + this.#offset;
  }

  toPage(serverMs) {
    return serverMs - this.#offset;
  }

  forget() {
    this.#measured = [];
  }
}
