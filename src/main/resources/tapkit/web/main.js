import {build} from './build.js';
import {Controls} from './controls.js';
import {listenToKeys} from './keys.js';
import {Learn} from './learn.js';
import {Link} from './link.js';
import {Metronome} from './metronome.js';
import {Pads} from './pads.js';
import {Position} from './position.js';
import {remember} from './remember.js';
import {Roll} from './roll.js';
import {Sound} from './sound.js';
import {alarm, hint, showInfo, showSong, showState, text} from './status.js';
import {Timings} from './timings.js';
import {Twin} from './twin.js';

const $ = id => document.getElementById(id);
const sound = new Sound();
const metronome = new Metronome(sound);
const position = new Position();
const roll = new Roll($('roll'));
const lamps = [...document.querySelectorAll('.lamps i')];
let twin;
let strip;
let timings;
let info = {ports: '', trouble: '', models: [], presets: [], recording: ''};
let state = {running: false, bpm: 120};
let lastStateMs = 0;
let screenLock = false;

const link = new Link({
  opened() {
    document.body.classList.remove('lost');
    alarm(info.trouble);
  },
  closed(reason) {
    document.body.classList.add('lost');
    const why = reason ? `refused: ${reason}` : 'no connection: is tapkit still running?';
    text('link', why);
    alarm(why);
    position.running = false;
    sound.silence();
  },
  info(now) {
    info = now;
    alarm(info.trouble);
    nameValues();
  },
  controls({list}) {
    if (controls.take(list)) {
      strip = build(controls);
      twin = new Twin($('twin-bars'));
      timings = new Timings($('timings'));
      learn.build($('panel-bindings'));
      listenHere();
    }
    nameValues();
    learn.heard(controls.value('LEARN'));
    text('link', 'connected');
  },
  control({c, i, v}) {
    controls.heard(c, i, v);
    if (c === 'LEARN') {
      learn.heard(v);
    }
    if (c === 'CLEAR') {
      restart();
    }
    if (c === 'PANIC') {
      sound.silence();
    }
  },
  bindings({list}) {
    learn.bound(list);
  },
  timing({list}) {
    timings?.show(list);
  },
  state(now) {
    if (!position.update(now, link.clock)) {
      restart(lastStateMs);
    }
    state = now;
    lastStateMs = performance.now();
    if (now.running) {
      metronome.run(position);
      stayAwake();
    }
    show();
  },
  played({e}) {
    for (const [kind, voice, , velocity, at, beat, bpm] of e) {
      if (kind === 'drum') {
        sound.drum(voice, velocity, link.clock.toPage(at));
        metronome.drumAt(beat);
        strip?.light(voice, link.clock.toPage(at) - performance.now());
      }
      if (kind === 'silence') {
        sound.silence();
        roll.dropAfter(position.beatAt(performance.now()));
      }
      if ((kind === 'drum' || kind === 'tap') && beat !== null) {
        roll.add(voice, velocity, beat);
        twin?.add(voice, velocity, beat, bpm);
      }
    }
  },
});
const controls = new Controls(link);
const learn = new Learn(controls, link, {button: $('learn'), hint: $('learn-hint')});
const pads = new Pads($('pads'), (voice, velocity, atMs) => {
  wake();
  link.tap(voice, velocity, atMs);
  if (!$('hear-taps') || $('hear-taps').checked) {
    sound.tap(velocity);
  }
});

/** The music started anew or moved: what the screen got before that moment is of another time. */
function restart(atMs = performance.now()) {
  metronome.reset();
  roll.dropOlder(atMs);
  twin?.dropOlder(atMs);
}

function wake() {
  sound.wake();
  document.body.classList.add('awake');
}

/** A screen that is read is not to go dark; browsers allow it on this machine, not over plain HTTP. */
async function stayAwake() {
  if (!screenLock && document.visibilityState === 'visible') {
    screenLock = true;
    try {
      const lock = await navigator.wakeLock.request('screen');
      lock.onrelease = () => screenLock = false;
    } catch {
      // not here, then
    }
  }
}

function nameValues() {
  showInfo(info);
  controls.nameValues('MODEL', info.models);
  controls.nameValues('PRESET', info.presets);
}

function show() {
  text('pad-hint', hint(state, document.body.classList.contains('awake')));
  const start = document.querySelector('#perform [data-c=START_STOP] button');
  if (start) {
    start.textContent = state.running ? 'Stop' : 'Start';
    start.classList.toggle('running', state.running);
  }
  if (document.activeElement !== $('bpm')) {
    $('bpm').value = Math.round(10 * state.bpm) / 10;
  }
  $('bpm').disabled = state.clock === 'midi' || state.clock === 'jack';
  showState(state, sound, link.clock);
  showSong(state, {mode: controls.value('MODE'), part: controls.value('PART')},
      {mode: controls.get('MODE')?.choices ?? [], part: controls.get('PART')?.choices ?? []});
}

function frame() {
  const beat = position.beatAt(performance.now());
  const running = position.running && beat >= 0;
  text('bar', running ? `${Math.floor(beat / 4) + 1}` : '–');
  text('beat', running ? `${Math.floor(beat) % 4 + 1}` : '–');
  lamps.forEach((lamp, i) => lamp.classList.toggle('lit', running && Math.floor(beat) % 4 === i));
  roll.draw(beat, position.bpm, running);
  twin?.run(beat);
  requestAnimationFrame(frame);
}

const press = name => () => controls.turn(name);
const choose = (name, v) => () => controls.turn(name, -1, {v});
const setBpm = bpm => controls.turn('BPM', -1, {v: Math.min(300, Math.max(20, bpm))});
const nudge = by => setBpm(Math.round(state.bpm) + by);
const tapTempo = event => controls.turn('TAP_TEMPO', -1, {}, event.timeStamp);

function panic() {
  sound.silence();
  learn.stop();
  controls.turn('PANIC');
}

// On the way down, not on release: a tempo is tapped with the stroke.
$('tap-tempo').onpointerdown = tapTempo;
$('tap-tempo').onclick = event => event.detail === 0 && tapTempo(event);
$('bpm').onchange = () => $('bpm').value && setBpm(Number($('bpm').value));
$('bpm').onfocus = () => $('bpm').select();
document.querySelectorAll('[data-nudge]').forEach(button => button.onclick = () => nudge(Number(button.dataset.nudge)));
$('big').onclick = () => $('big').setAttribute('aria-pressed', String(document.body.classList.toggle('big')));

/** What concerns this page alone. */
function listenHere() {
  remember(document.querySelectorAll('#panel-here input'));
  $('volume').oninput = () => {
    sound.volume = Number($('volume').value);
    text('volume-value', `${Math.round(100 * $('volume').value)} %`);
    $('volume').parentElement.style.setProperty('--fill', $('volume').value);
  };
  $('volume').oninput();
  chosen('click', mode => metronome.mode = mode);
  chosen('pads', count => pads.show(count));
}

/** Does something with the choice of this name now, and whenever it changes. */
function chosen(name, use) {
  document.querySelectorAll(`[name=${name}]`).forEach(choice => choice.onchange = () => use(choice.value));
  use(document.querySelector(`[name=${name}]:checked`).value);
}

listenToKeys(pads, {
  Enter: press('START_STOP'),
  Digit1: tapTempo,
  Digit2: press('FILL'),
  Digit3: press('BREAK'),
  Digit4: choose('PART', 0),
  Digit5: choose('PART', 1),
  Digit6: choose('PART', 2),
  Digit7: press('RECORD'),
  Digit8: () => controls.turn('OVERDUB', -1, {how: 'toggle'}),
  Digit9: press('UNDO'),
  Digit0: press('ENDING'),
  Backspace: press('CLEAR'),
  Escape: panic,
  ArrowUp: () => nudge(1),
  ArrowDown: () => nudge(-1),
}, wake);
addEventListener('pointerdown', wake);
pads.focus();
requestAnimationFrame(frame);
