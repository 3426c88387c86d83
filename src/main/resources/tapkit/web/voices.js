/** The nine voices in the server's order. `row` counts from the top of the roll: cymbals above, kick at the bottom. */
export const VOICES = [
  {label: 'kick', row: 8},
  {label: 'snare', row: 7},
  {label: 'closed hat', row: 3},
  {label: 'open hat', row: 2},
  {label: 'low tom', row: 6},
  {label: 'mid tom', row: 5},
  {label: 'high tom', row: 4},
  {label: 'crash', row: 0},
  {label: 'ride', row: 1},
];
