import {create} from './widgets.js';

/**
 * MIDI learn: while it is on, a press on any widget makes that control wait for the next MIDI message. The server says when
 * something was learned; what is bound is written on the widget and in the list.
 */
export class Learn {
  #controls;
  #link;
  #button;
  #hint;
  #bound;
  #bindings = [];
  #knob = -1;

  constructor(controls, link, {button, hint}) {
    this.#controls = controls;
    this.#link = link;
    this.#button = button;
    this.#hint = hint;
    button.onclick = () => this.choosing ? this.stop() : this.start();
    // Widgets' own parts are out of reach meanwhile (controls.css), so that a press hits the widget itself.
    document.addEventListener('click', event => {
      const widget = this.choosing && event.target.closest('[data-k]');
      if (widget) {
        event.preventDefault();
        event.stopPropagation();
        this.teach(Number(widget.dataset.k));
      }
    }, true);
  }

  get choosing() {
    return document.body.classList.contains('learning');
  }

  /** Puts the list of bindings and the choice of knobs on the page. */
  build(panel) {
    this.#bound = panel.querySelector('#bound');
    const knobs = panel.querySelector('#teach');
    for (const control of this.#controls.list.filter(one => one.c !== 'LEARN')) {
      control.v.forEach((_, i) => knobs.append(create('option',
          {value: control.k + i, textContent: this.#controls.nameOf(control.k + i)})));
    }
    panel.querySelector('#teach-now').onclick = () => this.teach(Number(knobs.value));
    this.bound(this.#bindings);
  }

  start() {
    document.body.classList.add('learning');
    this.#say('Press what a pedal, fader or pad is to move.');
  }

  stop() {
    if (this.#knob >= 0) {
      this.#controls.turn('LEARN', -1, {v: -1});
    }
    this.#leave();
  }

  teach(k) {
    this.#controls.turn('LEARN', -1, {v: k});
  }

  /** The server says which knob learns now; −1: none. */
  heard(k) {
    this.#knob = k;
    document.querySelectorAll('.taught').forEach(widget => widget.classList.remove('taught'));
    document.querySelectorAll(`[data-k="${k}"]`).forEach(widget => widget.classList.add('taught'));
    if (k >= 0) {
      this.#say(`${this.#controls.nameOf(k)}: move the pedal, fader or pad now.`);
    } else {
      this.#leave();
    }
  }

  /** The server's list of bindings: [{k, by}]. */
  bound(bindings) {
    this.#bindings = bindings;
    document.querySelectorAll('[data-k]').forEach(widget => {
      const by = bindings.filter(one => one.k === Number(widget.dataset.k)).map(one => one.by).join('; ');
      widget.dataset.by = by;
      widget.classList.toggle('is-bound', by !== '');
    });
    this.#bound?.replaceChildren(...(bindings.length > 0 ? bindings.map(one => this.#line(one))
      : [create('li', {className: 'note', textContent: 'No controller is bound yet.'})]));
  }

  #line({k, by}) {
    const item = create('li');
    const forget = create('button', {type: 'button', textContent: 'Forget'});
    forget.setAttribute('aria-label', `Forget ${by} for ${this.#controls.nameOf(k)}`);
    forget.onclick = () => this.#link.unbind(k);
    item.append(create('span', {textContent: by}), create('strong', {textContent: this.#controls.nameOf(k)}), forget);
    return item;
  }

  #say(words) {
    this.#hint.textContent = words;
    this.#hint.hidden = false;
    this.#button.setAttribute('aria-pressed', 'true');
  }

  #leave() {
    document.body.classList.remove('learning');
    this.#hint.hidden = true;
    this.#button.setAttribute('aria-pressed', 'false');
  }
}
