import {VOICES} from './voices.js';

const BEATS = 8;
const NARROW_BEATS = 5;
/** Share of the width that lies after the now-line. */
const AHEAD = 0.06;
const ROWS = VOICES.length + 1;
/** Height of the strip above, with the numbers of bars. */
const STRIP = 18;
const GLOW_MS = 160;
/** Soft to loud; even the softest stands out from the background. */
const RAMP = [[84, 74, 160], [150, 62, 160], [222, 80, 104], [255, 143, 60], [255, 226, 120]];

/**
 * The piano roll: taps in the top row, a row for each voice below. A note's left edge is when it is struck; a thin line joins it
 * to its place on the grid of sixteenths. The roll runs under a fixed now-line or, for those who want less motion, stands still
 * and turns like a page.
 */
export class Roll {
  #canvas;
  #draw;
  #notes = [];
  #still = matchMedia('(prefers-reduced-motion: reduce)');
  #drawn = '';

  constructor(canvas) {
    this.#canvas = canvas;
    this.#draw = canvas.getContext('2d', {alpha: false});
    new ResizeObserver(() => this.#resize()).observe(canvas);
    this.#resize();
  }

  /** voice −1 is a tap; velocity 1 to 127; beat in quarter notes. */
  add(voice, velocity, beat) {
    this.#notes.push({row: voice < 0 ? 0 : 1 + VOICES[voice].row, velocity: velocity / 127, beat, gotMs: performance.now()});
    this.#drawn = '';
  }

  /** Forgets what came before a time of performance.now(). */
  dropOlder(ms) {
    this.#notes = this.#notes.filter(note => note.gotMs >= ms);
    this.#drawn = '';
  }

  /** Forgets what was to sound after a beat. */
  dropAfter(beat) {
    this.#notes = this.#notes.filter(note => note.beat <= beat);
    this.#drawn = '';
  }

  /** Draws the moment `beat`; does nothing if that is what is there already. */
  draw(beat, bpm, running) {
    const still = this.#still.matches;
    const what = `${still ? Math.floor(beat * 4) : beat.toFixed(3)} ${running}`;
    if (what === this.#drawn || this.#canvas.width === 0) {
      return;
    }
    this.#drawn = what;
    const width = this.#canvas.clientWidth;
    const height = this.#canvas.clientHeight;
    const labels = width < 520 ? 66 : Math.min(120, 60 + height / 8);
    const beats = width < 520 ? NARROW_BEATS : BEATS;
    const perBeat = (width - labels) / (still ? BEATS : beats + beats * AHEAD);
    const first = still ? Math.floor(beat / BEATS) * BEATS : beat - beats;
    const view = {width, height, labels, perBeat, first, last: first + (width - labels) / perBeat,
      x: b => labels + (b - first) * perBeat, row: (height - STRIP) / ROWS, now: beat, msPerBeat: 60_000 / bpm};
    this.#notes = this.#notes.filter(note => note.beat > beat - 2 * BEATS);
    this.#background(view);
    this.#notes.filter(note => note.beat >= first - 0.5).forEach(note => this.#note(note, view));
    this.#nowLine(view, running);
    this.#labels(view);
  }

  #background({width, height, labels, first, last, x, row}) {
    const draw = this.#draw;
    draw.fillStyle = '#0a0c0f';
    draw.fillRect(0, 0, width, height);
    draw.fillStyle = '#101a22';
    draw.fillRect(labels, STRIP, width, row);
    draw.fillStyle = '#0e1116';
    for (let r = 2; r < ROWS; r += 2) {
      draw.fillRect(labels, STRIP + r * row, width, row);
    }
    for (let step = Math.ceil(4 * first); step <= 4 * last; step++) {
      const bar = step % 16 === 0;
      draw.fillStyle = bar ? '#8f9bab' : step % 4 === 0 ? '#3c4755' : '#1d242d';
      draw.fillRect(Math.round(x(step / 4)) - (bar ? 1 : 0.5), bar ? 0 : STRIP, bar ? 2 : 1, height);
      if (bar && step >= 0 && x(step / 4) < width - 16) {
        draw.fillStyle = '#aeb9c7';
        draw.font = '600 12px system-ui, sans-serif';
        draw.textBaseline = 'top';
        draw.fillText(`${step / 16 + 1}`, x(step / 4) + 5, 3);
      }
    }
  }

  #note({row: r, velocity, beat}, {x, row, labels, perBeat, now, msPerBeat}) {
    const draw = this.#draw;
    const left = x(beat);
    if (left < labels) {
      return;
    }
    const high = row * (0.34 + 0.5 * velocity);
    const wide = Math.max(5, Math.min(perBeat / 4 * 0.62, 15));
    const middle = STRIP + (r + 0.5) * row;
    const age = (now - beat) * msPerBeat;
    draw.globalAlpha = age < 0 ? 0.45 : 1;
    draw.fillStyle = r === 0 ? tapColour(velocity) : colour(velocity);
    draw.fillRect(Math.min(left, x(Math.round(4 * beat) / 4)), middle - 1, Math.abs(left - x(Math.round(4 * beat) / 4)), 2);
    draw.beginPath();
    draw.roundRect(left, middle - high / 2, wide, high, 2);
    draw.fill();
    if (age >= 0 && age < GLOW_MS && !this.#still.matches) {
      draw.globalAlpha = 0.5 * (1 - age / GLOW_MS);
      draw.fillStyle = '#ffffff';
      draw.fill();
    }
    draw.globalAlpha = 1;
  }

  #nowLine({x, height, now}, running) {
    this.#draw.fillStyle = running ? '#f4f7fa' : '#66717f';
    this.#draw.fillRect(Math.round(x(now)) - 1, 0, 2, height);
  }

  #labels({labels, row, height}) {
    const draw = this.#draw;
    draw.fillStyle = '#0a0c0f';
    draw.fillRect(0, 0, labels, height);
    draw.textBaseline = 'middle';
    draw.font = `500 ${Math.min(20, Math.max(10, row * 0.62), (labels - 8) / 5.2)}px system-ui, sans-serif`;
    draw.fillStyle = '#7fdcff';
    draw.fillText('taps', 4, STRIP + row / 2);
    draw.fillStyle = '#c3ccd8';
    VOICES.forEach(voice => draw.fillText(voice.label, 4, STRIP + (voice.row + 1.5) * row, labels - 8));
  }

  #resize() {
    const ratio = devicePixelRatio || 1;
    this.#canvas.width = Math.round(this.#canvas.clientWidth * ratio);
    this.#canvas.height = Math.round(this.#canvas.clientHeight * ratio);
    this.#draw.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#drawn = '';
  }
}

function colour(velocity) {
  const place = Math.min(velocity, 0.999) * (RAMP.length - 1);
  const low = Math.floor(place);
  const mixed = RAMP[low].map((c, i) => Math.round(c + (place - low) * (RAMP[low + 1][i] - c)));
  return `rgb(${mixed.join()})`;
}

function tapColour(velocity) {
  return `hsl(196 100% ${45 + 35 * velocity}%)`;
}
