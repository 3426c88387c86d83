/**
 * A plain terminal as a page: one line that says how it fares, and keys that play.
 *
 * <pre>
 *   keyboard --tapkit-keys: {@link tapkit.control.terminal.TerminalKeys}--EngineInput--> engine
 *   screen &lt;--whoever shows: {@link tapkit.control.terminal.StatusLine}-- EngineSnapshot, ControlBoard
 * </pre>
 *
 * JLine knows the terminal: its width, and how to have keys one by one. Where there is none (a file, a pipe, a service, a job in the
 * background) there are plain lines, and no keys.
 */
package tapkit.control.terminal;
