package tapkit.control.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.TerminalBuilder.SystemOutput;
import org.tinylog.Logger;
import tapkit.control.ControlBoard;
import tapkit.engine.EngineInput;
import tapkit.telemetry.EngineSnapshot;

/** The terminal that a person sits at: a line that changes in place on standard error, and keys. Closing it makes it as it was. */
public final class LiveTerminal implements AutoCloseable {
    /** Clears what is left of a longer line. */
    private static final String ERASE = "\u001b[K";
    private static final int USUAL_WIDTH = 80;

    private final Terminal terminal;
    private final PrintWriter out;
    private final StatusLine style;
    private String shown = "";

    private LiveTerminal(Terminal terminal, PrintWriter out, StatusLine style) {
        this.terminal = terminal;
        this.out = out;
        this.style = style;
        Attributes keyByKey = new Attributes(terminal.getAttributes());
        keyByKey.setLocalFlags(EnumSet.of(LocalFlag.ICANON, LocalFlag.ECHO), false); // Ctrl-C stays what it is
        keyByKey.setControlChar(ControlChar.VMIN, 1);
        keyByKey.setControlChar(ControlChar.VTIME, 0);
        terminal.setAttributes(keyByKey);
    }

    /**
     * The terminal, if there is one on standard input and standard error that knows more than plain lines, and tapkit is in its foreground: a
     * job in the background that touched it would be stopped.
     *
     * @param out standard error
     */
    public static Optional<LiveTerminal> open(PrintWriter out, Map<String, String> environment) {
        if ("dumb".equals(environment.get("TERM")) || !isForeground()) {
            return Optional.empty();
        }
        try {
            Terminal terminal = TerminalBuilder.builder().system(true).systemOutput(SystemOutput.SysErr).dumb(false)
                    .nativeSignals(false).graphemeCluster(false).build();
            boolean colour = environment.getOrDefault("NO_COLOR", "").isEmpty();
            return Optional.of(new LiveTerminal(terminal, out,
                    new StatusLine(System.err.charset().newEncoder().canEncode("●○"), colour)));
        } catch (IOException | RuntimeException e) {
            Logger.debug("No terminal: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Listens to keys from now on. */
    public void listen(EngineInput engine, Runnable quit) {
        TerminalKeys keys = new TerminalKeys(engine, quit, () -> say(TerminalKeys.HELP));
        Thread.ofPlatform().daemon().name("tapkit-keys").start(() -> {
            try {
                keys.run(terminal.reader()::read);
            } catch (IOException | RuntimeException e) { // the terminal has gone; the music goes on
                Logger.debug("No keys any more: {}", e.getMessage());
            }
        });
    }

    /** Shows how it fares, in place, and never on more than one line. */
    public synchronized void show(EngineSnapshot now, ControlBoard board, String ports) {
        String line = style.of(now, board, ports, width() - 1, true);
        if (!line.equals(shown)) {
            shown = line;
            // the cursor waits at the start, so that what others write takes the line's place
            out.print("\r" + line + ERASE + "\r");
            out.flush();
        }
    }

    private int width() {
        try {
            int columns = terminal.getColumns();
            return columns > 0 ? columns : USUAL_WIDTH;
        } catch (IllegalStateException e) { // JLine has closed it because the program ends
            return USUAL_WIDTH;
        }
    }

    /** Says something that stays. */
    public synchronized void say(String what) {
        shown = "";
        out.println("\r" + what + ERASE);
        out.flush();
    }

    @Override
    public synchronized void close() {
        say(shown);
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the terminal is this process's for now; where there are no jobs it always is. */
    @SuppressWarnings("restricted") // the JDK knows nothing of jobs
    private static boolean isForeground() {
        Linker linker = Linker.nativeLinker();
        var owner = linker.defaultLookup().find("tcgetpgrp");
        var own = linker.defaultLookup().find("getpgrp");
        if (owner.isEmpty() || own.isEmpty()) {
            return true;
        }
        try {
            int of = (int) linker.downcallHandle(owner.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
                    .invokeExact(0);
            int group = (int) linker.downcallHandle(own.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT)).invokeExact();
            return of == group;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
