import {VOICES} from './voices.js';

const COUNT = ['', 'e', '&', 'a'];
const KEPT_BARS = 8;
const ORDER = [-1, ...VOICES.keys()];

/** The piano roll in words, a line for each bar that is over, the newest first. */
export class Twin {
  #list;
  #events = [];
  #bar = 0;

  constructor(list) {
    this.#list = list;
  }

  add(voice, velocity, beat, bpm) {
    const step = Math.floor(4 * beat + 0.5);
    const ms = Math.round((4 * beat - step) * 15_000 / bpm);
    this.#events.push({voice, velocity, step, ms, gotMs: performance.now()});
  }

  /** Forgets what came before a time of performance.now(). */
  dropOlder(ms) {
    this.#events = this.#events.filter(event => event.gotMs >= ms);
    this.#bar = 0;
    this.#list.replaceChildren();
  }

  /** Writes the bars that are over at this beat. */
  run(beat) {
    const bar = Math.floor(beat / 4);
    if (bar <= this.#bar) {
      return;
    }
    const over = this.#events.filter(event => event.step < 16 * bar);
    this.#events = this.#events.filter(event => event.step >= 16 * bar);
    const said = over.filter(event => event.step >= 16 * (bar - 1));
    if (said.length > 0) {
      const item = document.createElement('p');
      item.textContent = `Bar ${bar}. ${inWords(said)}`;
      this.#list.prepend(item);
    }
    while (this.#list.children.length > KEPT_BARS) {
      this.#list.lastChild.remove();
    }
    this.#bar = bar;
  }
}

function inWords(events) {
  const parts = ORDER.map(voice => {
    const hits = events.filter(event => event.voice === voice).sort((a, b) => a.step - b.step).map(place);
    return hits.length > 0 ? `${voice < 0 ? 'taps' : VOICES[voice].label}: ${hits.join(', ')}` : '';
  });
  return parts.filter(part => part !== '').join('; ') + '.';
}

/** Such as "2& +12 ms loud". */
function place({step, ms, velocity}) {
  const count = `${1 + Math.floor((step % 16) / 4)}${COUNT[step % 4]}`;
  const force = velocity >= 110 ? ' loud' : velocity < 50 ? ' soft' : '';
  return `${count}${ms === 0 ? '' : ` ${ms > 0 ? '+' : '−'}${Math.abs(ms)} ms`}${force}`;
}
