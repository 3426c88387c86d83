/**
 * What the page says in words: state, mode, loss of ports. Texts are written only where they differ, so that nothing is laid out
 * anew for nothing.
 */
const CLOCKS = {midi: 'MIDI clock', jack: 'JACK'};
const $ = id => document.getElementById(id);

export function text(id, words) {
  const element = $(id);
  if (element && element.textContent !== words) {
    element.textContent = words;
  }
}

/** Big, at once, for what ends the music: no words, no alarm. */
export function alarm(words) {
  $('alarm').hidden = words === '';
  text('alarm', words);
}

export function showInfo({ports, trouble, models, recording}) {
  text('ports', ports);
  $('ports').classList.toggle('bad', trouble !== '');
  $('ports').title = ports;
  text('model', models.join(', '));
  text('recording', recording || 'off');
}

/** sound: what sounds here; clock: the server's clock as seen from here. */
export function showState(state, sound, clock) {
  const following = state.clock !== 'internal' && state.clock !== 'tap';
  const waits = following && !state.locked;
  text('clock', state.clock + (waits ? ', waiting for it' : ''));
  text('clock-state', following ? `· ${CLOCKS[state.clock] ?? state.clock}${waits ? ': none comes in' : ''}` : '');
  $('clock-state').classList.toggle('bad', waits);
  text('accuracy', clock.known ? `within ${clock.error.toFixed(1)} ms of tapkit's` : '–');
  text('bars', `${state.answered} answered` + (state.skipped ? `, ${state.skipped} skipped` : ''));
  text('inference', state.inference ? `${(state.inference / 1000).toFixed(1)} ms` : '–');
  text('notes', `${state.taps} ${state.taps === 1 ? 'tap' : 'taps'}, ${state.hits} drums` + count(state.late, 'late') + count(state.lost, 'lost'));
  text('sound', sound.on ? `on, ${sound.drums} drums` + count(sound.late, 'late')
      + (sound.delay ? `, all later by ${Math.round(sound.delay)} ms` : '') : 'off until the first tap');
}

/** Mode and part that play, what comes with the next bar, and whether the loop is recorded. wanted: {mode, part}; names: of each. */
export function showSong(state, wanted, names) {
  const now = state.running ? state : wanted;
  const next = ['mode', 'part'].filter(what => now[what] !== wanted[what]).map(what => names[what][wanted[what]]);
  text('mode', names.mode[now.mode] ?? '–');
  text('part', names.part[now.part] ?? '–');
  text('loop-state', [{armed: 'armed', on: 'recording'}[state.recording], next.length > 0 ? `next: ${next.join(', ')}` : '']
      .filter(Boolean).join(' · '));
  $('loop-state').dataset.at = state.recording;
}

/** What a player does next. */
export function hint(state, awake) {
  if (!awake) {
    return 'Click, touch or press space. The first tap turns the sound on.';
  }
  if (state.running) {
    return state.taps ? '' : 'Tap a rhythm: drums answer in the next bar';
  }
  return {internal: 'The first tap is beat 1', tap: 'Four taps count in', midi: 'Waiting for MIDI clock', jack: 'Waiting for JACK\'s transport'}[state.clock] ?? '';
}

function count(n, what) {
  return n ? `, ${n} ${what}` : '';
}
