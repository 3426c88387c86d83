/**
 * JACK and PipeWire's JACK, through java.lang.foreign to libjack: no native build.
 *
 * <p>
 * Time. The server's clock counts frames; in each period it also says which microseconds its frames stand for, smoothed by its own
 * delay-locked loop. {@link tapkit.port.jack.CycleTime} maps with exactly that, so a message's frame and the time read back from
 * it by another client agree to half a frame. A time in nanoseconds means the instant at which its frame's period begins in the
 * process callback plus the frame's place in it: the meaning that JACK's clients share. The latency of sound cards and drivers, in front
 * and behind, is not in it.
 *
 * <p>
 * Latency. A message handed over at least {@link tapkit.port.MidiOutput#leadNanos()} (two periods) ahead leaves at exactly its
 * own frame; nothing is added to it. One that comes later than the callback of its period leaves at frame 0 of the next and is
 * counted as late.
 *
 * <p>
 * Everything under {@link tapkit.port.jack.JackProcess#process} runs on the server's real-time thread: no lock, no allocation, no log.
 */
package tapkit.port.jack;
