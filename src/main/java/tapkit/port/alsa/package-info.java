/**
 * The ALSA sequencer, through java.lang.foreign to libasound: no native build, no server.
 *
 * <pre>
 * in:   kernel --stamped there--> AlsaInput (thread "tapkit-alsa-in", poll) --> InputRouter --> receivers
 * out:  engine --AlsaOutput.send--> kernel queue --at its time--> whoever is connected
 * plug: System:Announce --> AlsaWatch (thread "tapkit-alsa-watch") --> Connections --> connects again
 * </pre>
 *
 * <p>
 * Time. All ports share one real-time queue of the kernel, whose clock {@link tapkit.port.alsa.AlsaQueue} maps to nanoTime. A message
 * carries the absolute time at which it is to leave, and the kernel's timer (hrtimer, {@link tapkit.port.alsa.AlsaQueue#TIMER_HZ} a
 * second) lets it go at its first tick from then on: up to a tick late, whatever the JVM does. What comes in is stamped by the kernel
 * when it arrives, to the microsecond, so a thread that wakes late delays a tap but does not displace it.
 *
 * <p>
 * Threads. libasound's handle keeps two buffers that are not safe to share, for reading and for writing. Only {@link
 * tapkit.port.alsa.AlsaInput} reads; writing bypasses the buffer ({@code snd_seq_event_output_direct}). All other calls are plain
 * system calls, safe from any thread.
 */
package tapkit.port.alsa;
