package pulseboard.auth;

import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt to sign in.
 *
 * @param token the secret for the browser's cookie, or null when the attempt failed
 * @param isTried whether anybody looked at the password
 * @param waitSeconds how long the next attempt has to wait
 */
public record Login(@Nullable String token, boolean isTried, long waitSeconds) {

    /** Shows no secret. */
    @Override
    public String toString() {
        return "Login[" + (token != null) + "]";
    }
}
