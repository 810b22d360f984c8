package pulseboard.auth;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with a password.
 *
 * @param role what they may do
 * @param passwordHash see {@link Passwords}
 * @param createdAt Unix milliseconds
 */
public record User(Role role, String passwordHash, long createdAt) {

    /** The same with what is not null. */
    public User with(@Nullable Role newRole, @Nullable String newHash) {
        return new User(newRole == null ? role : newRole, newHash == null ? passwordHash : newHash, createdAt);
    }

    JsonObject toJson() {
        return JsonObject.of("role", role.text(), "passwordHash", passwordHash, "createdAt", createdAt);
    }

    static User of(JsonObject json) {
        Role role = Role.of(json.getString("role", ""))
                .orElseThrow(() -> new IllegalArgumentException("there is no role " + json.getString("role")));
        return new User(role, json.getString("passwordHash", Passwords.NONE), json.getLong("createdAt", 0L));
    }

    /** Shows no hash. */
    @Override
    public String toString() {
        return "User[" + role.text() + "]";
    }
}
