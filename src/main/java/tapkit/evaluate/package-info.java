/**
 * How good the drums are: the metrics of the Groove MIDI Dataset's tasks, trivial answers to compare with, and the search for the
 * thresholds that a model is decoded with.
 *
 * <pre>
 *   Window (cut or aligned), what a task hides taken out
 *     -&gt; Humanizer | Infiller | Drummer    by name: Humanizers, Infillers, Drummers
 *     -&gt; Groove
 *     -&gt; HumanizeEvaluation | InfillEvaluation | Tap2DrumEvaluation
 *     -&gt; metrics, each an Estimate with its intervals
 *     -&gt; report of one model, or Results: the tables of all
 * </pre>
 *
 * A model never sees what it is asked for: windows and pieces are copied without it, and a model that changes what was given is an
 * error.
 */
package tapkit.evaluate;
