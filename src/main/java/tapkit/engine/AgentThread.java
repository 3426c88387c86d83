package tapkit.engine;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Runs an agent until it is closed; after a turn without work it parks. A failure ends it and is reported once. */
final class AgentThread implements AutoCloseable {
    private static final long PATIENCE_MS = 2_000;

    private final Agent agent;
    private final long parkNanos;
    private final Consumer<Throwable> onFailure;
    private final Thread thread;
    private volatile boolean closing;

    /** @param parkNanos how long a turn without work sleeps, unless it is woken */
    AgentThread(Agent agent, long parkNanos, Consumer<Throwable> onFailure) {
        this.agent = agent;
        this.parkNanos = parkNanos;
        this.onFailure = onFailure;
        this.thread = new Thread(this::run, agent.roleName());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends a park. Any thread. */
    void wake() {
        LockSupport.unpark(thread);
    }

    private void run() {
        try {
            agent.onStart();
            while (!closing) {
                if (agent.doWork(System.nanoTime()) == 0) {
                    LockSupport.parkNanos(parkNanos);
                }
            }
        } catch (RuntimeException | Error e) {
            onFailure.accept(e);
        } finally {
            agent.onClose();
        }
    }

    /** Ends the agent and waits for it. Calling it again does nothing. */
    @Override
    public void close() {
        closing = true;
        wake();
        try {
            thread.join(PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
