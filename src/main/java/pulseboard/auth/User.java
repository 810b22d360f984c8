package pulseboard.auth;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with a password.
 *
 * @param role what they may do
 * @param passwordHash see {@link Passwords}
 * @param createdAt Unix milliseconds
 * @param groups the groups of machines that they may see, and nothing else; none: all there is
 */
public record User(Role role, String passwordHash, long createdAt, Set<String> groups) {

    /** Copies, in order. */
    public User {
        groups = Collections.unmodifiableSet(new TreeSet<>(groups));
    }

    /** Somebody who may see all. */
    public User(Role role, String passwordHash, long createdAt) {
        this(role, passwordHash, createdAt, Set.of());
    }

    /** The same with what is not null. */
    public User with(@Nullable Role newRole, @Nullable String newHash) {
        return new User(newRole == null ? role : newRole, newHash == null ? passwordHash : newHash, createdAt, groups);
    }

    /** The same, but only with the machines of these groups; none: with all. */
    public User in(Set<String> others) {
        return new User(role, passwordHash, createdAt, others);
    }

    /** What they may, see {@link Identity}: those of the role, for some groups of machines instead of for all. */
    public Set<String> scopes() {
        return groups.isEmpty()
                ? role.scopes()
                : role.scopes().stream()
                        .filter(scope -> scope.endsWith(":*"))
                        .flatMap(scope -> groups.stream().map(group -> scope.replace("*", "group." + group)))
                        .collect(Collectors.toSet());
    }

    JsonObject toJson() {
        JsonObject json = JsonObject.of("role", role.text(), "passwordHash", passwordHash, "createdAt", createdAt);
        return groups.isEmpty() ? json : json.put("groups", new JsonArray(List.copyOf(groups)));
    }

    static User of(JsonObject json) {
        Role role = Role.of(json.getString("role", ""))
                .orElseThrow(() -> new IllegalArgumentException("there is no role " + json.getString("role")));
        Set<String> groups = json.getJsonArray("groups", new JsonArray()).stream()
                .map(String::valueOf)
                .collect(Collectors.toSet());
        return new User(role, json.getString("passwordHash", Passwords.NONE), json.getLong("createdAt", 0L), groups);
    }

    /** Shows no hash. */
    @Override
    public String toString() {
        return "User[" + role.text() + "]";
    }
}
