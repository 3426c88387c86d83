/**
 * The live path: rings, thread roles, and the rules of which bar answers which taps.
 *
 * <pre>
 *  MIDI threads, page --EngineInput--> [input ring] --> engine thread (Conductor) ----> MidiOutput: the port's own queue
 *                                                         |  ^        |      |
 *                                              [questions]|  |[answers]      +-------> SnapshotCell: screens, any time
 *                                                         v  |        +-------------> [feed rings]: page, recorder
 *                                                    model thread (ModelLoop)
 * </pre>
 *
 * Each ring has one reader, and each stage's state one owner. The engine thread never waits: it polls its rings, plays what is
 * due, and parks for half a millisecond. Hits are handed over at least 60 ms before they sound, so that a turn that comes late
 * costs nothing: keeping time is the port's work. Nothing here allocates after the start.
 *
 * <p>Who does what on the engine's thread: {@link tapkit.engine.Conductor} takes each turn and hands on what comes in;
 * {@link tapkit.engine.Timekeeper} has the clock, {@link tapkit.engine.Taps} the pads, {@link tapkit.engine.Desk} the controls;
 * {@link tapkit.engine.Stage} knows what is on, {@link tapkit.engine.Prompter} makes questions of it and {@link tapkit.engine.Questions}
 * sends them; {@link tapkit.engine.Performance} plays the bars and {@link tapkit.engine.Hands} taps that sound at once, both on the
 * {@link tapkit.engine.Kit}; {@link tapkit.engine.Song} begins, jumps and ends all of it with the clock.
 *
 * <p>Bars. A position belongs to its nearest step, so bar b owns [b − ½ step, b + 1 − ½ step): taps and hits alike, and no two
 * bars can play the same hit or lose one between them. Bar b answers the taps of bars b − 2 and b − 1 with a phrase of two bars
 * and plays its first half; if nothing is tapped in b, bar b + 1 plays the second half, and so on, two bars on two bars:
 *
 * <pre>
 *  bar      0     1          2          3          4          5          6
 *  taps     A     B          C          –          –          –          D
 *  plays    –     (A A)1     (A B)1     (B C)1     (B C)2     (B C)1     (B C)2     (D D)1 …
 * </pre>
 *
 * That is the mode answer; in together and loop the taps lie in a loop, and a bar plays its place in it. Which, is the
 * {@link tapkit.engine.Stage}'s to say. Each bar is asked for again one bar ahead, to be another reading of what repeats. Where taps
 * sound at once, what a tap would be is asked a step ahead ({@link tapkit.engine.DirectDrums}), and {@link tapkit.engine.StruckCells}
 * sees to it that hand and pattern never strike the same drum at the same step.
 *
 * <p>What is to sound first is fixed a lead before the bar closes, from an answer that may lack the last taps; when theirs comes
 * before the first hit that it brings, what was not handed over yet is replaced by it. Later, it is skipped and counted. A bar's
 * draw depends on the session's seed and the bar's number, not on how many questions were asked on the way.
 */
package tapkit.engine;
