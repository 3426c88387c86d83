import {ServerClock} from './server-clock.js';

/** The WebSocket to tapkit, which comes back by itself, and the clock that is measured over it. */
export class Link {
  clock = new ServerClock();
  #socket;
  #handlers;
  #retryMs = 500;
  #pings = 0;

  /**
   * handlers: opened(), closed(reason), and one for each kind of message: info, controls, control, bindings, state, played,
   * timing.
   */
  constructor(handlers) {
    this.#handlers = handlers;
    this.#connect();
    this.#pingLater();
  }

  get open() {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** A stroke of a voice's pad at a time of performance.now(); velocity 1 to 127. */
  tap(voice, velocity, atPageMs) {
    this.#send({t: 'tap', i: voice, v: velocity, ...this.#at(atPageMs)});
  }

  /** A knob or button: the name of a Control of the server, its voice or −1, and {v}, {v, how} or {how} where it takes one. */
  set(control, voice, turn, atPageMs) {
    this.#send({t: 'set', c: control, ...(voice < 0 ? {} : {i: voice}), ...turn, ...this.#at(atPageMs)});
  }

  /** A knob, by its index, is to have no MIDI bindings any more. */
  unbind(knob) {
    this.#send({t: 'unbind', k: knob});
  }

  #at(pageMs) {
    return this.clock.known ? {at: this.clock.toServer(pageMs)} : {};
  }

  #send(message) {
    if (this.open) {
      this.#socket.send(JSON.stringify(message));
    }
  }

  #connect() {
    const socket = new WebSocket(`ws://${location.host}/ws`);
    this.#socket = socket;
    socket.onopen = () => {
      this.#retryMs = 500;
      this.#pings = 0;
      this.clock.forget();
      this.#ping();
      this.#handlers.opened();
    };
    socket.onmessage = event => this.#receive(JSON.parse(event.data));
    socket.onclose = event => {
      this.#handlers.closed(event.reason);
      setTimeout(() => this.#connect(), this.#retryMs);
      this.#retryMs = Math.min(2 * this.#retryMs, 5000);
    };
  }

  #receive(message) {
    if (message.t === 'pong') {
      this.clock.add(message.p, message.s, performance.now());
    } else {
      this.#handlers[message.t]?.(message);
    }
  }

  #ping() {
    this.#pings++;
    this.#send({t: 'ping', p: performance.now()});
  }

  /** Many pings at first, to know the time before the first tap; then one a second. */
  #pingLater() {
    setTimeout(() => {
      this.#ping();
      this.#pingLater();
    }, this.#pings < 20 ? 50 : 1000);
  }
}
