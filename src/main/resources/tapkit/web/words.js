/** "loop-bars" as "Loop bars"; short names in capitals as people write them. */
export function words(label) {
  const spaced = label.replaceAll('-', ' ').replace(/^bpm$/, 'tempo').replace(/ ([ab])$/, (_, letter) => ` ${letter.toUpperCase()}`);
  return spaced[0].toUpperCase() + spaced.slice(1);
}
