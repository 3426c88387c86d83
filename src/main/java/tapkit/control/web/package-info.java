/**
 * The page: an HTTP server on 127.0.0.1, or where {@link WebAddress} says, that serves one page (the folder {@code tapkit/web} among the resources) and speaks with
 * it over one WebSocket, {@code /ws}.
 *
 * <pre>
 *   page --ping, tap, set--> Jetty thread --EngineInput--> engine
 *   page &lt;--pong, info, controls, state, played, timing-- Broadcaster thread &lt;--PlayedFeed, EngineSnapshot, ControlBoard-- engine
 * </pre>
 *
 * <p>The engine never waits for a page: taps and knobs are published to its ring, and one thread, the {@link Broadcaster}, reads
 * what it leaves behind. A page that doesn't read fast enough first loses {@code state} messages and is then closed. Only pages
 * that came from this server are let in ({@link LocalOnly}), and on other addresses than the loopback only those that know the
 * {@link PageToken}.
 *
 * <h2>Protocol</h2>
 *
 * Each message is one JSON object in a text frame of at most 1024 characters from the page; {@code t} names its kind. Times
 * ({@code at}, {@code s}) are milliseconds, as fractions, on the server's monotonic clock since the server's start
 * ({@link ServerTime}); {@code p} is a time of the page's own {@code performance.now()}. What is malformed or out of range is
 * ignored, with one line in the log for each cause.
 *
 * <table>
 * <caption>Page to server</caption>
 * <tr><th>t</th><th>fields</th><th>meaning</th></tr>
 * <tr><td>ping</td><td>p ms</td><td>asks for the server's time</td></tr>
 * <tr><td>tap</td><td>v velocity 1 to 127; i voice whose pad it is, 0 to 8, optional (snare); at ms, optional</td><td>the pad was struck; without {@code at}, now. Times in the
 * future become now, times older than 250 ms become 250 ms ago.</td></tr>
 * <tr><td>set</td><td>c a {@link tapkit.control.Control}; v value; i and how, optional; at ms, optional</td><td>a knob or a button, within its
 * range. i: the voice, 0 to 8, of a control that is per voice. how: set (if it is missing), add (v is added), toggle (no v); a
 * trigger needs neither.</td></tr>
 * <tr><td>unbind</td><td>k index in {@link tapkit.control.Knob#ALL}</td><td>MIDI moves this knob no more</td></tr>
 * </table>
 *
 * <table>
 * <caption>Server to page</caption>
 * <tr><th>t</th><th>fields</th><th>meaning</th></tr>
 * <tr><td>pong</td><td>p ms as in the ping; s ms</td><td>the server's time when it answered</td></tr>
 * <tr><td>info</td><td>ports, trouble, recording: text; models, presets: lists of text</td><td>{@link PageInfo}; on connection and on each change</td></tr>
 * <tr><td>state</td><td>at ms; running, locked true/false; clock text; bpm; beat in quarter notes since bar 0; taps, hits,
 * answered, skipped, late, lost counts; inference µs; temperature; recording of the loop: none,
 * armed, on; mode, part as the controls count</td><td>the engine at one instant, 30 times a second;
 * {@code lost} counts what the engine and what this feed lost</td></tr>
 * <tr><td>controls</td><td>list: for each {@link tapkit.control.Control} c its name; label, kind, least, most, initial, unit, whole, when,
 * choices, about; voices: whether it is per voice; k the index of its (first) knob; v its values, 0 of a trigger</td><td>on connection: what there is to turn,
 * and where it stands</td></tr>
 * <tr><td>control</td><td>c a {@link tapkit.control.Control}; i voice, or −1; v value</td><td>a control stands elsewhere, or a trigger was
 * pressed; at most 30 times a second</td></tr>
 * <tr><td>bindings</td><td>list: k index of a knob, by the MIDI message for people</td><td>on connection and on each change</td></tr>
 * <tr><td>timing</td><td>list: name; p50, p99, max ms; n counts of the columns of {@link tapkit.telemetry.Lateness.Summary}</td><td>how late
 * things are, once a second</td></tr>
 * <tr><td>played</td><td>e: a list of events, each a list [kind, voice, note, velocity, at, beat, bpm]; kind in lower case, a
 * {@link tapkit.telemetry.PlayedEvent.Kind}; voice 0 to 8, −1 for a tap; velocity 1 to 127; beat null while no clock runs</td><td>what was tapped, and drums a little before they sound: the page
 * plays each at its {@code at}</td></tr>
 * </table>
 *
 * <p>The page measures how its clock lies to the server's as NTP does: of the pings of the last half minute it believes the one
 * with the shortest way there and back.
 */
package tapkit.control.web;
