/**
 * How good the drums are: the metrics of the Groove MIDI Dataset's tasks, trivial answers to compare with, and the search for the
 * thresholds that a model is decoded with.
 *
 * <pre>
 *   Window -&gt; TapInput -&gt; Drummer -&gt; Groove -&gt; Tap2DrumMetrics -&gt; table, JSON
 * </pre>
 */
package tapkit.evaluate;
