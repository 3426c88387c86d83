package tapkit.control.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.UnauthorizedResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import tapkit.OutputFile;
import tapkit.UserError;

/**
 * What a browser on another machine must know to play: it comes once in the address ({@code /?token=…}), is kept as a cookie that
 * no script can read, and disappears from the address line.
 */
public final class PageToken {
    private static final String NAME = "token";
    private static final String COOKIE = "tapkit-token";
    private static final int BYTES = 16;
    private static final long YEAR_SECONDS = 31_536_000;

    private PageToken() {
    }

    /**
     * The token that is kept in a file, which is made, for its owner alone, if it is not there: so that a tablet on the music
     * stand finds its page again tomorrow.
     */
    public static String kept(Path file) {
        try {
            if (Files.exists(file)) {
                String token = Files.readString(file, StandardCharsets.US_ASCII).strip();
                if (token.length() >= 2 * BYTES) {
                    return token;
                }
                throw new UserError(file + " holds no token of " + 2 * BYTES + " characters; remove it, and a new one is made");
            }
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            String token = HexFormat.of().formatHex(random);
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path part = Files.createTempFile(file.toAbsolutePath().getParent(), "token", ".part"); // its owner's alone
            Files.writeString(part, token + "\n", StandardCharsets.US_ASCII);
            Files.move(part, file);
            return token;
        } catch (IOException e) {
            throw new UserError("cannot keep the page's token in " + file + ": " + OutputFile.reason(e), e);
        }
    }

    /** Lets a WebSocket pass whose browser knows the token already. */
    static void checkCookie(Context upgrade, String token) {
        if (!knows(upgrade.cookie(COOKIE), token)) {
            throw unknown();
        }
    }

    /** Lets a request pass that knows the token; one that brings it in its address gets the cookie and is sent on. */
    static void check(Context request, String token) {
        if (knows(request.cookie(COOKIE), token)) {
            return;
        }
        if (!knows(request.queryParam(NAME), token)) {
            throw unknown();
        }
        // Lax: Strict would forget it when a link from elsewhere is followed. The Origin is checked besides.
        request.header("Set-Cookie", COOKIE + "=" + token + "; Path=/; Max-Age=" + YEAR_SECONDS + "; HttpOnly; SameSite=Lax");
        request.redirect("/", HttpStatus.SEE_OTHER);
        request.skipRemainingHandlers();
    }

    private static UnauthorizedResponse unknown() {
        return new UnauthorizedResponse("Open the address that tapkit printed, with ?token=...");
    }

    /** Compared in a time that says nothing of where they differ. */
    static boolean knows(String given, String token) {
        return given != null
                && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
}
