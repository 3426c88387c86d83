import {create} from './widgets.js';

/** Tabs with a panel each, as ARIA has them: arrows go from tab to tab, one panel is there at a time. */
export class Tabs {
  #tabs = [];

  /** tabs: [{id, label}]; panels are elements of the same order. */
  constructor(bar, place, tabs, panels) {
    tabs.forEach(({id, label}, i) => {
      const tab = create('button', {type: 'button', id: `tab-${id}`, textContent: label});
      tab.setAttribute('role', 'tab');
      tab.setAttribute('aria-controls', `panel-${id}`);
      tab.onclick = () => this.choose(i, true);
      tab.onkeydown = event => this.#key(event, i);
      const panel = panels[i];
      panel.id = `panel-${id}`;
      panel.setAttribute('role', 'tabpanel');
      panel.setAttribute('aria-labelledby', tab.id);
      bar.append(tab);
      place.append(panel);
      this.#tabs.push({tab, panel});
    });
    this.choose(0);
  }

  choose(chosen, seen = false) {
    this.#tabs.forEach(({tab, panel}, i) => {
      tab.setAttribute('aria-selected', String(i === chosen));
      tab.tabIndex = i === chosen ? 0 : -1;
      panel.hidden = i !== chosen;
    });
    if (seen) {
      this.#tabs[chosen].panel.parentElement.parentElement.scrollIntoView({block: 'nearest'});
    }
  }

  #key(event, from) {
    const to = {ArrowRight: from + 1, ArrowLeft: from - 1, Home: 0, End: this.#tabs.length - 1}[event.key];
    if (to !== undefined) {
      event.preventDefault();
      const chosen = (to + this.#tabs.length) % this.#tabs.length;
      this.choose(chosen);
      this.#tabs[chosen].tab.focus();
    }
  }
}
