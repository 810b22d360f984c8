package pulseboard.auth;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a user may do; each may what those before it may. */
public enum Role {
    /** Sees all boards. */
    VIEWER,
    /** Acts on boards, too: acknowledges alerts, starts transfers. */
    OPERATOR,
    /** Sees and revokes the tokens of everybody, too. */
    ADMIN;

    /** The scopes that come with it; see {@link Identity}. */
    public Set<String> scopes() {
        return switch (this) {
            case VIEWER -> Set.of("read:*");
            case OPERATOR -> Set.of("read:*", "act:*");
            case ADMIN -> Set.of("read:*", "act:*", "admin");
        };
    }

    /** Its name as people and files write it, such as {@code viewer}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of this name, if there is one. */
    public static Optional<Role> of(String text) {
        return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
    }

    /** All names, from the least to the most. */
    public static List<String> texts() {
        return Arrays.stream(values()).map(Role::text).toList();
    }
}
