/**
 * Music at rest: Standard MIDI Files, the Groove MIDI Dataset, the two-bar windows and the tasks made of them.
 *
 * <pre>
 *   MidiFile  &lt;-&gt;  Score (ticks)  &lt;-&gt;  Groove, TapWindow (steps)
 * </pre>
 */
package tapkit.data;
