package pulseboard.auth;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A secret that stands for somebody: in the cookie of a browser that signed in, or made for a program or a wall display.
 *
 * @param label what it is for, written by people; "session" for one that a browser got by signing in
 * @param user the user whose it is, or null for one that stands alone
 * @param scopes what it allows, or empty for all that its user may
 * @param hash see {@link Secret#hash}
 * @param createdAt Unix milliseconds
 * @param expiresAt Unix milliseconds, or {@link Long#MAX_VALUE}
 * @param via who vouched for a user that is none of ours, see {@link Voucher}; null if that is not known
 */
public record Token(
        String label,
        @Nullable String user,
        Set<String> scopes,
        String hash,
        long createdAt,
        long expiresAt,
        @Nullable String via) {

    /** The label of a token that a browser got by signing in. */
    public static final String SESSION = "session";

    /** Checks nothing; copies. */
    public Token {
        scopes = Set.copyOf(scopes);
    }

    /** Whether a browser got it by signing in. */
    boolean isSession() {
        return label.equals(SESSION);
    }

    boolean isValidAt(long now) {
        return now < expiresAt;
    }

    JsonObject toJson() {
        JsonObject json = toPublicJson().put("hash", hash);
        return via == null ? json : json.put("via", via);
    }

    /** All but what is secret. */
    public JsonObject toPublicJson() {
        JsonObject json = JsonObject.of("label", label, "createdAt", createdAt);
        if (!scopes.isEmpty()) {
            json.put("scopes", new JsonArray(scopes.stream().sorted().toList()));
        }
        if (user != null) {
            json.put("user", user);
        }
        if (expiresAt != Long.MAX_VALUE) {
            json.put("expiresAt", expiresAt);
        }
        return json;
    }

    static Token of(JsonObject json) {
        Set<String> scopes = json.getJsonArray("scopes", new JsonArray()).stream()
                .map(String::valueOf)
                .collect(Collectors.toSet());
        return new Token(
                json.getString("label", ""),
                json.getString("user"),
                scopes,
                json.getString("hash", ""),
                json.getLong("createdAt", 0L),
                json.getLong("expiresAt", Long.MAX_VALUE),
                json.getString("via"));
    }

    /** The same, with who vouched for its user. */
    Token via(@Nullable String voucher) {
        return new Token(label, user, scopes, hash, createdAt, expiresAt, voucher);
    }

    /** Shows no hash. */
    @Override
    public String toString() {
        return "Token[" + label + "]";
    }
}
