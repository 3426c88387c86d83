import {create} from './widgets.js';

/** Upper edges of the server's columns, in ms; the last column is beyond them. */
const EDGES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];

/** Histograms of how late things are, with the same in words. */
export class Timings {
  #place;

  constructor(place) {
    this.#place = place;
  }

  /** list: [{name, p50, p99, max (ms), n: counts of the columns}]. */
  show(list) {
    this.#place.replaceChildren(...list.map(one => figure(one)));
  }
}

function figure({name, p50, p99, max, n}) {
  const element = create('figure', {className: 'timing'});
  const total = n.reduce((sum, count) => sum + count, 0);
  const words = total === 0 ? 'none yet' : `${total}: p50 ${ms(p50)}, p99 ${ms(p99)}, at most ${ms(max)}`;
  const caption = create('figcaption');
  caption.append(create('strong', {textContent: name}), create('span', {textContent: words}));
  const columns = create('div', {className: 'columns'});
  columns.setAttribute('aria-hidden', 'true');
  const most = Math.max(1, ...n);
  n.forEach((count, i) => {
    const column = create('div', {className: 'column'});
    const bar = create('i');
    // The square root lets one stray among thousands be seen.
    bar.style.setProperty('--high', Math.sqrt(count / most));
    column.append(bar, create('span', {textContent: i < EDGES.length ? `${EDGES[i]}` : 'more'}));
    columns.append(column);
  });
  element.append(caption, columns);
  return element;
}

function ms(value) {
  return `${value < 0.1 ? value.toFixed(3) : value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
}
