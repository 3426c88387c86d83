const SOFT = 52;
const NORMAL = 92;
const LOUD = 122;
const ROWS = [
  ['KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP', LOUD],
  ['Space KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL', NORMAL],
  ['KeyZ KeyX KeyC KeyV KeyB KeyN KeyM', SOFT],
];
const VELOCITY = new Map(ROWS.flatMap(([keys, velocity]) => keys.split(' ').map(key => [key, velocity])));

/** The pad: mouse, fingers (several at once), keys. Calls strike(velocity 1 to 127, time of performance.now()). */
export class Pad {
  #element;
  #strike;
  #held = new Set();
  #lastMs = 0;

  constructor(element, strike) {
    this.#element = element;
    this.#strike = strike;
    element.addEventListener('pointerdown', event => this.#pointer(event));
    for (const end of ['pointerup', 'pointercancel', 'pointerleave']) {
      element.addEventListener(end, event => this.#release(event.pointerId));
    }
    element.addEventListener('click', event => this.#click(event));
    element.addEventListener('contextmenu', event => event.preventDefault());
    addEventListener('keyup', event => this.#release(event.code));
    addEventListener('blur', () => [...this.#held].forEach(source => this.#release(source)));
  }

  /** Takes a key if it is one of the pad's; returns whether it is. */
  key(event) {
    const velocity = VELOCITY.get(event.code);
    if (velocity && !event.repeat) {
      this.#hit(event.code, velocity, event.timeStamp);
    }
    return velocity !== undefined;
  }

  /** The nearer to the middle, the louder; a pen, or a screen that feels pressure, says it itself. */
  #pointer(event) {
    if (event.pointerType === 'mouse' && event.button !== 0) {
      return;
    }
    const box = this.#element.getBoundingClientRect();
    const x = 2 * (event.clientX - box.left) / box.width - 1;
    const y = 2 * (event.clientY - box.top) / box.height - 1;
    const far = Math.min(1, Math.hypot(x, y));
    const feels = event.pointerType !== 'mouse' && event.pressure > 0 && event.pressure < 1 && event.pressure !== 0.5;
    this.#hit(event.pointerId, Math.round(feels ? 30 + 97 * event.pressure : LOUD - 70 * far * far), event.timeStamp);
  }

  /** A click without pointer or key, as screen readers make it. */
  #click(event) {
    if (event.detail === 0 && event.timeStamp - this.#lastMs > 150) {
      this.#hit('click', NORMAL, event.timeStamp);
      setTimeout(() => this.#release('click'), 100);
    }
  }

  #hit(source, velocity, timeStamp) {
    const atMs = Math.min(timeStamp, performance.now());
    this.#lastMs = atMs;
    this.#held.add(source);
    this.#element.style.setProperty('--force', velocity / 127);
    this.#element.classList.add('struck');
    this.#element.classList.remove('ring');
    void this.#element.offsetWidth;
    this.#element.classList.add('ring');
    this.#strike(velocity, atMs);
  }

  #release(source) {
    this.#held.delete(source);
    if (this.#held.size === 0) {
      this.#element.classList.remove('struck');
    }
  }
}
