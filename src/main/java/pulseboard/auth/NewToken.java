package pulseboard.auth;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token whose secret is still known, as it is told only once.
 *
 * @param secret what is to be shown
 * @param token what is kept of it
 */
public record NewToken(String secret, Token token) {

    /** The longest life of a token that ends. */
    public static final int MOST_DAYS = 36_500;

    /**
     * Makes one.
     *
     * @param user whose it is, or null
     * @param lifeMilliseconds how long it is good for, or {@link Long#MAX_VALUE}
     */
    public static NewToken of(String label, @Nullable String user, Set<String> scopes, long lifeMilliseconds) {
        String secret = Secret.token();
        long now = System.currentTimeMillis();
        long end = lifeMilliseconds == Long.MAX_VALUE ? Long.MAX_VALUE : now + lifeMilliseconds;
        return new NewToken(secret, new Token(label, user, scopes, Secret.hash(secret), now, end, null));
    }

    /** The same, with who vouched for its user. */
    NewToken via(@Nullable String voucher) {
        return new NewToken(secret, token.via(voucher));
    }

    /** Whether somebody may call a token so. */
    public static boolean isLabel(@Nullable String text) {
        return text != null && Accounts.isName(text) && !text.equals(Token.SESSION);
    }

    /** The accounts with this token, too. */
    public Accounts addTo(Accounts accounts) {
        return accounts.withToken(Secret.id(), token);
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "New" + token;
    }
}
