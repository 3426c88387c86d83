import {VOICES} from './voices.js';
import {create} from './widgets.js';

const SOFT = 52;
const NORMAL = 92;
const LOUD = 122;
const KICK = 0;
const SNARE = 1;
const ROWS = [
  ['KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP', LOUD],
  ['KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Space', NORMAL],
  ['KeyZ KeyX KeyC KeyV KeyB KeyN KeyM', SOFT],
];
/** By a key's code: {velocity, place in its row}. */
const KEYS = new Map(ROWS.flatMap(([keys, velocity]) => keys.split(' ').map((key, place) => [key, {velocity, place}])));
/** Keys of a row that the left hand plays. */
const LEFT = 5;
/** What is on the pads: [name, voice], by how many there are. */
const SETS = {
  1: [['TAP', SNARE]],
  2: [['LOW', KICK], ['HIGH', SNARE]],
  9: VOICES.map((voice, i) => [voice.label, i]),
};

/** The pads: mouse, fingers (several at once), keys. Calls strike(voice, velocity 1 to 127, time of performance.now()). */
export class Pads {
  #place;
  #strike;
  #pads = [];
  /** What is held down: a pointer or a key, and the pad it is on. */
  #held = new Map();
  #lastMs = 0;

  constructor(place, strike) {
    this.#place = place;
    this.#strike = strike;
    this.show(1);
    addEventListener('keyup', event => this.#release(event.code));
    addEventListener('blur', () => [...this.#held.keys()].forEach(source => this.#release(source)));
  }

  /** Shows so many pads: 1, 2 or 9. */
  show(count) {
    this.#held.clear();
    this.#pads = SETS[count].map(([name, voice]) => this.#pad(name, voice));
    this.#pads[0].element.id = 'pad';
    this.#place.dataset.count = count;
    const hint = create('span', {id: 'pad-hint'});
    this.#pads[0].element.setAttribute('aria-describedby', hint.id);
    this.#place.replaceChildren(...this.#pads.map(pad => pad.element), hint);
  }

  focus() {
    this.#pads[0].element.focus({preventScroll: true});
  }

  /** Takes a key if it is one of the pads'; returns whether it is. */
  key(event) {
    const key = KEYS.get(event.code);
    if (key && !event.repeat) {
      this.#hit(event.code, this.#padOf(event.code, key.place), key.velocity, event.timeStamp);
    }
    return key !== undefined;
  }

  #padOf(code, place) {
    const count = this.#pads.length;
    return this.#pads[count === 1 ? 0 : code === 'Space' ? SNARE : count === 2 ? Number(place >= LEFT) : Math.min(place, count - 1)];
  }

  #pad(name, voice) {
    const element = create('button', {type: 'button', className: 'pad'});
    const rings = create('span', {className: 'rings'});
    rings.setAttribute('aria-hidden', 'true');
    element.append(rings, create('span', {className: 'pad-name', textContent: name}));
    const pad = {element, voice};
    element.addEventListener('pointerdown', event => this.#pointer(event, pad));
    for (const end of ['pointerup', 'pointercancel', 'pointerleave']) {
      element.addEventListener(end, event => this.#release(event.pointerId));
    }
    element.addEventListener('click', event => this.#click(event, pad));
    element.addEventListener('contextmenu', event => event.preventDefault());
    return pad;
  }

  /** The nearer to the middle, the louder; a pen, or a screen that feels pressure, says it itself. */
  #pointer(event, pad) {
    if (event.pointerType === 'mouse' && event.button !== 0) {
      return;
    }
    const box = pad.element.getBoundingClientRect();
    const x = 2 * (event.clientX - box.left) / box.width - 1;
    const y = 2 * (event.clientY - box.top) / box.height - 1;
    const far = Math.min(1, Math.hypot(x, y));
    const feels = event.pointerType !== 'mouse' && event.pressure > 0 && event.pressure < 1 && event.pressure !== 0.5;
    this.#hit(event.pointerId, pad, Math.round(feels ? 30 + 97 * event.pressure : LOUD - 70 * far * far), event.timeStamp);
  }

  /** A click without pointer or key, as screen readers make it. */
  #click(event, pad) {
    if (event.detail === 0 && event.timeStamp - this.#lastMs > 150) {
      this.#hit('click', pad, NORMAL, event.timeStamp);
      setTimeout(() => this.#release('click'), 100);
    }
  }

  #hit(source, pad, velocity, timeStamp) {
    const atMs = Math.min(timeStamp, performance.now());
    this.#lastMs = atMs;
    this.#held.set(source, pad);
    pad.element.style.setProperty('--force', velocity / 127);
    pad.element.classList.add('struck');
    pad.element.classList.remove('ring');
    void pad.element.offsetWidth;
    pad.element.classList.add('ring');
    this.#strike(pad.voice, velocity, atMs);
  }

  #release(source) {
    const pad = this.#held.get(source);
    this.#held.delete(source);
    if (pad && ![...this.#held.values()].includes(pad)) {
      pad.element.classList.remove('struck');
    }
  }
}
