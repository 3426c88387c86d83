/**
 * Control by MIDI: notes, controllers and program changes move the knobs of {@link tapkit.control.Control}'s list.
 *
 * <pre>
 *   port's thread: message --bound?--> EngineInput.control     else --> EngineInput.pad
 *                     |  learning? the message is kept
 *                     v
 *   own thread: what was learned becomes a binding (told to whoever keeps them)
 *               what changed (PlayedFeed) goes back to the controller, for its lights
 * </pre>
 *
 * The port's thread looks up an array and publishes; it neither allocates nor waits.
 */
package tapkit.control.midi;
