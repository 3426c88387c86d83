import {Link} from './link.js';
import {Metronome} from './metronome.js';
import {Pad} from './pad.js';
import {Position} from './position.js';
import {Roll} from './roll.js';
import {Sound} from './sound.js';
import {Twin} from './twin.js';

const $ = id => document.getElementById(id);
const sound = new Sound();
const metronome = new Metronome(sound);
const position = new Position();
const roll = new Roll($('roll'));
const twin = new Twin($('twin-bars'));
const lamps = [...document.querySelectorAll('.lamps i')];
let state = {running: false, bpm: 120};
let lastStateMs = 0;

const link = new Link({
  opened() {
    document.body.classList.remove('lost');
    text('link', 'connected');
  },
  closed(reason) {
    document.body.classList.add('lost');
    text('link', reason ? `refused: ${reason}` : 'no connection: is tapkit still running?');
    position.running = false;
    sound.silence();
  },
  info({ports, model, recording}) {
    text('ports', ports);
    text('model', model);
    text('recording', recording || 'off');
  },
  state(now) {
    if (!position.update(now, link.clock)) {
      restart(lastStateMs);
    }
    state = now;
    lastStateMs = performance.now();
    if (now.running) {
      metronome.run(position);
    }
    show();
  },
  played({e}) {
    for (const [kind, voice, , velocity, at, beat, bpm] of e) {
      if (kind === 'drum') {
        sound.drum(voice, velocity, link.clock.toPage(at));
        metronome.drumAt(beat);
      }
      if (kind === 'silence') {
        sound.silence();
        roll.dropAfter(position.beatAt(performance.now()));
      }
      if ((kind === 'drum' || kind === 'tap') && beat !== null) {
        roll.add(voice, velocity, beat);
        twin.add(voice, velocity, beat, bpm);
      }
    }
  },
});

const pad = new Pad($('pad'), (velocity, atMs) => {
  wake();
  link.tap(velocity, atMs);
  if ($('hear-taps').checked) {
    sound.tap(velocity);
  }
});

/** The music started anew or moved: what the screen got before that moment is of another time. */
function restart(atMs = performance.now()) {
  metronome.reset();
  roll.dropOlder(atMs);
  twin.dropOlder(atMs);
}

function wake() {
  sound.wake();
  document.body.classList.add('awake');
}

/** Writes a text where it differs, so that nothing is laid out anew for nothing. */
function text(id, words) {
  if ($(id).textContent !== words) {
    $(id).textContent = words;
  }
}

function show() {
  text('pad-hint', hint());
  text('start', state.running ? 'Stop' : 'Start');
  $('start').classList.toggle('running', state.running);
  if (document.activeElement !== $('bpm')) {
    $('bpm').value = Math.round(10 * state.bpm) / 10;
  }
  const following = state.clock === 'midi';
  $('bpm').disabled = following;
  if (!$('temperature').matches(':active, :focus')) {
    showTemperature(state.temperature);
  }
  text('clock', state.clock + (following && !state.locked ? ', waiting for it' : ''));
  text('accuracy', link.clock.known ? `within ${link.clock.error.toFixed(1)} ms of tapkit's` : '–');
  text('bars', `${state.answered} answered` + (state.skipped ? `, ${state.skipped} skipped` : ''));
  text('inference', state.inference ? `${(state.inference / 1000).toFixed(1)} ms` : '–');
  text('notes', `${state.taps} ${state.taps === 1 ? 'tap' : 'taps'}, ${state.hits} drums` + count(state.late, 'late') + count(state.lost, 'lost'));
  text('sound', sound.on ? `on, ${sound.drums} drums` + count(sound.late, 'late')
      + (sound.delay ? `, all later by ${Math.round(sound.delay)} ms` : '') : 'off until the first tap');
}

/** What a player does next. */
function hint() {
  if (!document.body.classList.contains('awake')) {
    return 'Click, touch or press space. The first tap turns the sound on.';
  }
  if (state.running) {
    return state.taps ? '' : 'Tap a rhythm: drums answer in the next bar';
  }
  return {internal: 'The first tap is beat 1', tap: 'Four taps count in', midi: 'Waiting for MIDI clock'}[state.clock] ?? '';
}

function count(n, what) {
  return n ? `, ${n} ${what}` : '';
}

function showTemperature(value) {
  $('temperature').value = value;
  text('temperature-value', Number(value).toFixed(2));
}

function frame() {
  const beat = position.beatAt(performance.now());
  const running = position.running && beat >= 0;
  text('bar', running ? `${Math.floor(beat / 4) + 1}` : '–');
  text('beat', running ? `${Math.floor(beat) % 4 + 1}` : '–');
  lamps.forEach((lamp, i) => lamp.classList.toggle('lit', running && Math.floor(beat) % 4 === i));
  roll.draw(beat, position.bpm, running);
  twin.run(beat);
  requestAnimationFrame(frame);
}

const setBpm = bpm => link.set('BPM', Math.min(300, Math.max(20, bpm)));
const nudge = by => setBpm(Math.round(state.bpm) + by);
const toggle = () => link.set(state.running ? 'STOP' : 'START');
const tapTempo = event => link.set('TAP_TEMPO', undefined, event.timeStamp);

function clear() {
  restart();
  link.set('CLEAR');
}

function panic() {
  sound.silence();
  link.set('PANIC');
}

$('start').onclick = toggle;
$('clear').onclick = clear;
$('panic').onclick = panic;
// On the way down, not on release: a tempo is tapped with the stroke.
$('tap-tempo').onpointerdown = tapTempo;
$('tap-tempo').onclick = event => event.detail === 0 && tapTempo(event);
$('bpm').onchange = () => $('bpm').value && setBpm(Number($('bpm').value));
$('bpm').onfocus = () => $('bpm').select();
$('temperature').oninput = () => {
  showTemperature($('temperature').value);
  link.set('TEMPERATURE', Number($('temperature').value));
};
$('volume').oninput = () => {
  sound.volume = Number($('volume').value);
  text('volume-value', `${Math.round(100 * $('volume').value)} %`);
};
document.querySelectorAll('[data-nudge]').forEach(button => button.onclick = () => nudge(Number(button.dataset.nudge)));
document.querySelectorAll('[name=click]').forEach(choice => choice.onchange = () => metronome.mode = choice.value);

const SHORTCUTS = {
  Enter: toggle,
  Digit1: tapTempo,
  Backspace: clear,
  Escape: panic,
  ArrowUp: () => nudge(1),
  ArrowDown: () => nudge(-1),
};

/** Whether the focused element wants this key for itself: digits in a field, arrows on a slider, space on a button reached by tab. */
function wants(element, code) {
  if (element.matches('input[type=number]')) {
    return !['Space', 'Escape'].includes(code);
  }
  if (element === $('pad') || !element.matches('button, input, summary')) {
    return false;
  }
  return code === 'Space' || code === 'Enter' || code.startsWith('Arrow');
}

addEventListener('keydown', event => {
  wake();
  if (event.ctrlKey || event.metaKey || event.altKey || wants(event.target, event.code)) {
    return;
  }
  if (pad.key(event)) {
    event.preventDefault();
  } else if (SHORTCUTS[event.code]) {
    event.preventDefault();
    if (!event.repeat || event.code.startsWith('Arrow')) {
      SHORTCUTS[event.code](event);
    }
  }
});
addEventListener('keyup', event => {
  if (event.target === $('pad')) {
    event.preventDefault();
  }
});
addEventListener('pointerdown', wake);
// What was worked with the mouse or a finger gives the keyboard back to the pad.
addEventListener('click', event => {
  if (event.detail > 0 && event.target.closest('button, input:not([type=number]), label')) {
    $('pad').focus({preventScroll: true});
  }
});
sound.volume = Number($('volume').value);
$('pad').focus({preventScroll: true});
requestAnimationFrame(frame);
