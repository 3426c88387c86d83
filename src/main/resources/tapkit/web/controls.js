import {VOICES} from './voices.js';
import {makeWidget} from './widgets.js';
import {words} from './words.js';

/**
 * The controls that the server has, what they stand at, and the widgets that show and move them. A widget is made for a control
 * wherever one is asked for; all of them follow what the server says.
 */
export class Controls {
  /** As the server describes them, in its order. */
  list = [];
  #byName = new Map();
  #widgets = new Map();
  #values = new Map();
  #link;

  constructor(link) {
    this.#link = link;
  }

  /** Takes the server's list; returns whether it differs from before: whether widgets are to be made. */
  take(list) {
    const same = JSON.stringify(list.map(kind)) === JSON.stringify(this.list.map(kind));
    this.list = list;
    this.#byName = new Map(list.map(control => [control.c, control]));
    if (!same) {
      this.#widgets.clear();
    }
    for (const control of list) {
      control.v.forEach((value, i) => this.heard(control.c, control.voices ? i : -1, value));
    }
    return !same;
  }

  get(name) {
    return this.#byName.get(name);
  }

  /** What a control stands at, by the server's last word; voice −1 where it is not per voice. */
  value(name, voice = -1) {
    return this.#values.get(key(name, voice));
  }

  /** The server says where a control stands, or that a button was pressed. */
  heard(name, voice, value) {
    this.#values.set(key(name, voice), value);
    this.#widgets.get(key(name, voice))?.forEach(widget => widget.show(value));
  }

  /** A widget for a control; voice −1 where it is not per voice. */
  widget(name, voice = -1) {
    const control = this.#byName.get(name);
    const widget = makeWidget(control, this.name(control, voice), turn => this.turn(name, voice, turn));
    widget.element.dataset.k = control.k + Math.max(0, voice);
    const all = this.#widgets.get(key(name, voice)) ?? [];
    this.#widgets.set(key(name, voice), [...all, widget]);
    widget.show(this.value(name, voice) ?? control.initial);
    return widget.element;
  }

  /** Other names for the values of a control whose values are numbers: of models, of presets. */
  nameValues(name, names) {
    this.#widgets.get(key(name, -1))?.forEach(widget => widget.nameValues?.(names));
  }

  /** turn: {v}, {v, how: 'add'} or {how: 'toggle'}. */
  turn(name, voice = -1, turn = {}, atMs = performance.now()) {
    this.#link.set(name, voice, turn, atMs);
  }

  /** For people: "Level, kick". */
  name(control, voice) {
    return words(control.label) + (voice < 0 ? '' : `, ${VOICES[voice].label}`);
  }

  /** Of the knob with this index in the server's list of knobs. */
  nameOf(k) {
    const control = this.list.findLast(one => one.k <= k);
    return control ? this.name(control, control.voices ? k - control.k : -1) : '?';
  }
}

const key = (name, voice) => `${name} ${voice}`;
const kind = ({v, ...rest}) => rest;
