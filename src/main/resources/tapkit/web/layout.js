/**
 * Where controls stand on the page. What the server lists and no group names stands under "More", so that a new control is there
 * by itself; those per voice are in the strip of the voices.
 */
export const PERFORM = [
  ['MODE', 'PART', 'FILL', 'BREAK', 'ENDING'],
  ['START_STOP', 'RECORD', 'OVERDUB', 'UNDO', 'REDO', 'CLEAR', 'KEEP_LAST'],
];

export const TABS = [
  {id: 'feel', label: 'Sound', controls: ['TEMPERATURE', 'DENSITY', 'MICROTIMING', 'VARIATION', 'VELOCITY_LOW', 'VELOCITY_HIGH',
    'SEED', 'REROLL', 'MODEL']},
  {id: 'voices', label: 'Voices'},
  {id: 'answers', label: 'Loop', controls: ['PHRASE', 'MEMORY', 'LOOP_BARS', 'TIME', 'COUNT_IN', 'DIRECT', 'FOLLOW', 'FOLLOW_LIMIT']},
  {id: 'snapshots', label: 'Snapshots', controls: ['STORE_A', 'MORPH', 'STORE_B', 'PRESET_PREVIOUS', 'PRESET', 'PRESET_NEXT']},
  {id: 'bindings', label: 'MIDI'},
  {id: 'more', label: 'More', controls: ['START', 'STOP']},
  {id: 'here', label: 'This page'},
  {id: 'text', label: 'Text'},
  {id: 'health', label: 'Health'},
];

/** Controls that have a place of their own in index.html, or none because the page works them by other means. */
export const PLACED = ['BPM', 'TAP_TEMPO', 'PANIC', 'LEARN'];
