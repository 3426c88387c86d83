import {words} from './words.js';

/** More choices than this are a list to choose from. */
const MOST_BUTTONS = 5;
/** A longer range of whole numbers is typed, not dragged. */
const LONGEST_SLIDER = 200;
const PRESSED_MS = 180;
let made = 0;

/**
 * A widget for a control as the server describes it: {element, show(value)}.
 *
 * turn({v} or {how}) is called when a person moves it; show() when the server says where it stands. What is being moved just now
 * is not moved by the server, so that a finger and an old message don't fight.
 */
export function makeWidget(control, name, turn) {
  const make = {trigger, switch: toggle, choice, continuous}[control.kind] ?? continuous;
  const widget = make(control, name, turn);
  widget.element.classList.add('widget');
  widget.element.dataset.c = control.c;
  widget.element.querySelector('button, input, select').setAttribute('aria-description', control.about);
  widget.element.title = control.about + (control.when === 'next_bar' ? ' (from the next bar)' : '');
  return widget;
}

function trigger(control, name, turn) {
  const button = create('button', {type: 'button', textContent: name});
  let timer;
  button.onclick = () => turn({});
  return {
    element: wrap('trigger', button),
    pressed() {
      button.classList.add('pressed');
      clearTimeout(timer);
      timer = setTimeout(() => button.classList.remove('pressed'), PRESSED_MS);
    },
    show(value) {
      if (value) {
        this.pressed();
      }
    },
  };
}

function toggle(control, name, turn) {
  const button = create('button', {type: 'button', textContent: words(control.label)});
  button.setAttribute('aria-label', name);
  button.onclick = () => turn({how: 'toggle'});
  return {
    element: wrap('switch', button),
    show: value => button.setAttribute('aria-pressed', String(value === 1)),
  };
}

function choice(control, name, turn) {
  if (control.choices.length > MOST_BUTTONS) {
    return list(control, turn, control.choices);
  }
  const group = create('fieldset', {className: 'choice'});
  const choices = create('div', {className: 'choices'});
  const id = `choice-${made++}`;
  const radios = control.choices.map((label, v) => {
    const radio = create('input', {type: 'radio', name: id, value: v});
    radio.onchange = () => turn({v});
    const box = create('label');
    box.append(radio, create('span', {textContent: label}));
    choices.append(box);
    return radio;
  });
  group.append(create('legend', {textContent: name}), choices);
  return {element: group, show: value => radios.forEach((radio, v) => radio.checked = v === value)};
}

function continuous(control, name, turn) {
  return control.whole && control.most - control.least > LONGEST_SLIDER ? field(control, turn)
    : ['MODEL', 'PRESET'].includes(control.c) ? list(control, turn, [])
    : slider(control, name, turn);
}

function slider(control, name, turn) {
  const input = create('input', {type: 'range', min: control.least, max: control.most, step: step(control), id: `knob-${made++}`});
  const output = create('output', {htmlFor: input.id});
  input.setAttribute('aria-label', name);
  const element = labelled('knob', control, input, output);
  const paint = () => {
    const text = `${tidy(control, Number(input.value))}${control.unit === '%' ? ' %' : ''}`;
    element.style.setProperty('--fill', (input.value - control.least) / (control.most - control.least));
    output.textContent = text;
    input.setAttribute('aria-valuetext', `${tidy(control, Number(input.value))} ${control.unit}`.trim());
  };
  let moved = -Infinity;
  input.oninput = () => {
    moved = performance.now();
    paint();
    turn({v: Number(input.value)});
  };
  input.ondblclick = () => turn({v: control.initial});
  return {
    element,
    show(value) {
      if (!(input.matches(':active') || performance.now() - moved < 150)) {
        input.value = value;
        paint();
      }
    },
  };
}

function field(control, turn) {
  const input = create('input', {type: 'number', min: control.least, max: control.most, step: step(control), id: `knob-${made++}`,
    autocomplete: 'off', inputMode: 'numeric'});
  input.onchange = () => input.value !== '' && turn({v: Math.min(control.most, Math.max(control.least, Number(input.value)))});
  return {
    element: labelled('field', control, input),
    show: value => document.activeElement !== input && (input.value = value),
  };
}

function list(control, turn, names) {
  const input = create('select', {id: `knob-${made++}`});
  let value = control.initial;
  const nameValues = all => {
    const shown = all.length > 0 ? all : [`none loaded`];
    input.replaceChildren(...shown.map((label, v) => create('option', {textContent: label, value: v})));
    input.disabled = all.length === 0;
    input.value = value;
  };
  nameValues(names);
  input.onchange = () => turn({v: Number(input.value)});
  return {
    element: labelled('field', control, input),
    nameValues,
    show: now => input.value = value = now,
  };
}

function labelled(kind, control, input, ...more) {
  const element = create('div', {className: kind});
  element.append(create('label', {htmlFor: input.id, textContent: words(control.label)}), ...more, input);
  return element;
}

function wrap(kind, button) {
  const element = create('div', {className: kind});
  element.append(button);
  return element;
}

function step({least, most, whole}) {
  return whole || most - least > 5 ? 1 : 0.05;
}

/** A number as people write it. */
function tidy(control, value) {
  return step(control) === 1 ? String(Math.round(value)) : value.toFixed(2);
}

/** A new element with these properties. */
export function create(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}
