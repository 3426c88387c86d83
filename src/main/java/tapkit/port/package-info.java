/**
 * The MIDI edge, in and out. A backend is a folder here that implements {@link tapkit.port.MidiBackend}; {@link
 * tapkit.port.Backends} lists those of this system and chooses one.
 *
 * <pre>
 * in:   server, driver --(backend's thread)--> InputRouter --> pad receiver, clock receiver
 * out:  engine --send--> OutputQueue [ MessageRing --> PendingMessages ] --(backend's thread)--> server, driver
 *                                          what sounds is kept in SoundingNotes, so that silence ends each note
 * </pre>
 *
 * Every time that crosses this edge is on {@link System#nanoTime()}'s clock; each backend documents how it maps its own to it.
 */
package tapkit.port;
