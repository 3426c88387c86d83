import {PERFORM, PLACED, TABS} from './layout.js';
import {Strip} from './strip.js';
import {Tabs} from './tabs.js';
import {create} from './widgets.js';

const $ = id => document.getElementById(id);

/** Puts a widget for everything that the server has on the page. Returns the strip of the voices. */
export function build(controls) {
  const strip = new Strip(controls);
  const has = name => controls.get(name) !== undefined;
  const named = new Set([...PLACED, ...PERFORM.flat(), ...TABS.flatMap(tab => tab.controls ?? [])]);
  const more = controls.list.filter(control => !control.voices && !named.has(control.c)).map(control => control.c);
  $('panic-place').replaceChildren(...['PANIC'].filter(has).map(name => controls.widget(name)));
  $('perform').replaceChildren(...PERFORM.map(names => {
    const row = create('div', {className: 'row'});
    row.append(...names.filter(has).map(name => controls.widget(name)));
    return row;
  }));
  const panels = TABS.map(tab => {
    const panel = create('div', {className: `panel ${tab.id}`});
    const names = [...(tab.controls ?? []), ...(tab.id === 'more' ? more : [])].filter(has);
    panel.append(...names.map(name => controls.widget(name)), ...(tab.id === 'voices' ? [strip.element] : []));
    const rest = $(tab.id);
    if (rest instanceof HTMLTemplateElement) {
      panel.append(rest.content.cloneNode(true));
    }
    if (!panel.querySelector('button, input, select, [tabindex]')) {
      panel.tabIndex = 0; // so that keys can scroll it
    }
    return panel;
  });
  $('tabs').replaceChildren();
  $('panels').replaceChildren();
  new Tabs($('tabs'), $('panels'), TABS, panels);
  return strip;
}
