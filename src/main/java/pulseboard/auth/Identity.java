package pulseboard.auth;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who asks for something. A scope is {@code read:} or {@code act:}, followed by {@code *} for all boards or by {@code
 * board.} and the name of one, or it is {@code admin}.
 *
 * @param name the user, or another word for whoever it is
 * @param scopes what is allowed
 * @param tokenId the token that was shown, which may be revoked; null for who needs none
 */
public record Identity(
        String name, Set<String> scopes, @Nullable String tokenId) {

    private static final String ADMIN = "admin";

    /** Checks nothing: scopes are checked where they are given. */
    public Identity {
        scopes = Set.copyOf(scopes);
    }

    /** Whether it may see this board. */
    public boolean mayRead(String board) {
        return may("read:", board);
    }

    /** Whether it may start something on this board. */
    public boolean mayAct(String board) {
        return may("act:", board);
    }

    /** Whether it may see and revoke the tokens of others. */
    public boolean isAdmin() {
        return scopes.contains(ADMIN);
    }

    private boolean may(String verb, String board) {
        return scopes.contains(verb + "*") || scopes.contains(verb + "board." + board);
    }

    /** Whether a text is a scope that a token may have; what a role has beyond these belongs to people. */
    public static boolean isScope(String text) {
        return text.matches("(read|act):(\\*|board\\.[a-z][a-z0-9-]*(/[a-z][a-z0-9-]*)?)");
    }

    /** Whether it has all that this scope gives: nobody can hand on more than they have. */
    public boolean covers(String scope) {
        return scopes.contains(scope) || scopes.contains(scope.replaceFirst(":.*", ":*"));
    }
}
