/**
 * Control by Open Sound Control (OSC 1.0 over UDP): every {@link tapkit.control.Knob} by one rule, {@code level.kick} is
 * {@code /tapkit/level/kick}.
 *
 * <pre>
 *   datagram --tapkit-osc-in: {@link tapkit.control.osc.OscAddresses}--EngineInput--> engine
 *   datagram &lt;--tapkit-osc-out: {@link tapkit.control.osc.OscOutput}-- PlayedFeed, EngineSnapshot
 * </pre>
 *
 * JavaOSC reads and writes the bytes. A datagram that is wrong is counted and ignored, with one line in the log for each cause. The
 * addresses are in {@code docs/osc.md}.
 */
package tapkit.control.osc;
