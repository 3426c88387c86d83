/**
 * What can be turned, pressed and switched: {@link tapkit.control.Control} is the one list, and each
 * {@link tapkit.control.Knob} of it has a value.
 *
 * <pre>
 *   page, MIDI, OSC, files --EngineInput.control(control, voice, change, value)--> engine
 *   everybody &lt;--ControlBoard: what they stand at; PlayedFeed: what changed-- engine
 * </pre>
 *
 * Changes come into the engine by its ring like taps and clock, in one order, and the engine alone works out what they make of a
 * value. What is not the engine's (presets, what is kept, what MIDI learns) comes out of the feeds again, for those whose it is.
 */
package tapkit.control;
