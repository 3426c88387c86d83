import {VOICES} from './voices.js';
import {create} from './widgets.js';

const LIT_MS = 120;

/** The mixer: a card for each voice with what the server has per voice, and a lamp that lights when the voice plays. */
export class Strip {
  element = create('div', {className: 'strip'});
  #lamps;

  constructor(controls) {
    const kinds = controls.list.filter(control => control.voices);
    const cards = VOICES.map((voice, i) => {
      const card = create('section', {className: 'voice'});
      card.setAttribute('aria-label', voice.label);
      const head = create('header');
      const widgets = kind => kinds.filter(control => (control.kind === 'switch') === kind).map(control => controls.widget(control.c, i));
      head.append(create('h3', {textContent: voice.label}), ...widgets(true));
      card.append(head, ...widgets(false));
      return card;
    });
    this.#lamps = cards.map(card => card.querySelector('h3'));
    this.element.append(...cards);
  }

  /** A voice sounds in so many ms. */
  light(voice, inMs) {
    setTimeout(() => {
      this.#lamps[voice].classList.add('lit');
      setTimeout(() => this.#lamps[voice].classList.remove('lit'), LIT_MS);
    }, Math.max(0, inMs));
  }
}
