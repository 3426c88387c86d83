package tapkit;

/**
 * A failure that the user can mend: bad input, a port that is not there, a file that cannot be written. The message names the
 * thing, the place and the remedy in one line; the command line prints it without a stack trace and exits with 1.
 */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserError(String message) {
        super(message);
    }

    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
