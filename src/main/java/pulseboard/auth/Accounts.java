package pulseboard.auth;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * All users by name and all tokens by id, as they are at one moment. A value: a change is another one.
 *
 * @param users by name
 * @param tokens by id
 */
public record Accounts(Map<String, User> users, Map<String, Token> tokens) {

    /** Nobody. */
    public static final Accounts NONE = new Accounts(Map.of(), Map.of());

    /** More are of no use to anybody, and make the file grow; the oldest go. */
    private static final int MOST_SESSIONS_OF_ONE = 50;

    /** In the name of a user whom somebody else vouches for; the names of our own users have none. */
    private static final String FOREIGN = ":";

    /** Copies. */
    public Accounts {
        users = Map.copyOf(users);
        tokens = Map.copyOf(tokens);
    }

    /** Whether this is somebody whom a provider or a proxy vouches for. */
    public static boolean isForeign(String name) {
        return name.contains(FOREIGN);
    }

    /** Whether a text can be the name of a user. */
    public static boolean isName(String text) {
        return text.matches("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    }

    /**
     * With this user, added or changed. Changing one ends its sessions; another password ends its tokens, too: whoever stole
     * the old one may have made some.
     */
    public Accounts with(String name, User user) {
        User old = users.get(name);
        boolean isNewPassword = old != null && !old.passwordHash().equals(user.passwordHash());
        Map<String, User> changed = new LinkedHashMap<>(users);
        changed.put(name, user);
        return new Accounts(
                changed,
                tokensWithout((id, token) -> isSessionOf(name, token) || (isNewPassword && name.equals(token.user()))));
    }

    /** Without this user and all that is theirs. */
    public Accounts without(String name) {
        Map<String, User> changed = new LinkedHashMap<>(users);
        changed.remove(name);
        return new Accounts(changed, tokensWithout((id, token) -> name.equals(token.user())));
    }

    /** With this token, and without those that have expired by the time it was made. */
    public Accounts withToken(String id, Token token) {
        Map<String, Token> changed = tokensWithout((each, old) -> !old.isValidAt(token.createdAt()));
        changed.put(id, token);
        if (token.user() != null && token.isSession()) {
            changed.entrySet().stream()
                    .filter(entry -> isSessionOf(token.user(), entry.getValue()))
                    .sorted((a, b) ->
                            Long.compare(b.getValue().createdAt(), a.getValue().createdAt()))
                    .skip(MOST_SESSIONS_OF_ONE)
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(changed::remove);
        }
        return new Accounts(users, changed);
    }

    /** Without this token. */
    public Accounts withoutToken(String id) {
        return new Accounts(users, tokensWithout((each, token) -> each.equals(id)));
    }

    private Map<String, Token> tokensWithout(BiPredicate<String, Token> gone) {
        Map<String, Token> changed = new LinkedHashMap<>(tokens);
        changed.entrySet().removeIf(entry -> gone.test(entry.getKey(), entry.getValue()));
        return changed;
    }

    private static boolean isSessionOf(String name, Token token) {
        return name.equals(token.user()) && token.isSession();
    }

    /** Who shows this token, if it is still good for anything. */
    Optional<Identity> identity(String id, long now) {
        Token token = tokens.get(id);
        if (token == null || !token.isValidAt(now)) {
            return Optional.empty();
        }
        String name = token.user();
        if (name == null) {
            return Optional.of(new Identity(token.label(), token.scopes(), id));
        }
        if (isForeign(name)) {
            return Optional.of(new Identity(name, token.scopes(), id));
        }
        User user = users.get(name);
        return user == null ? Optional.empty() : Optional.of(limited(name, user, id, token));
    }

    /** A token allows no more than its user may by now, whatever it was made for. */
    private static Identity limited(String name, User user, String id, Token token) {
        Identity whole = new Identity(name, user.scopes(), id);
        if (token.scopes().isEmpty()) {
            return whole;
        }
        Set<String> left = token.scopes().stream().filter(whole::covers).collect(Collectors.toSet());
        return new Identity(name, left, id);
    }

    /** The names, sorted. */
    public List<String> names() {
        return users.keySet().stream().sorted().toList();
    }

    JsonObject toJson() {
        JsonObject usersJson = new JsonObject();
        users.forEach((name, user) -> usersJson.put(name, user.toJson()));
        JsonObject tokensJson = new JsonObject();
        tokens.forEach((id, token) -> tokensJson.put(id, token.toJson()));
        return JsonObject.of("version", 1, "users", usersJson, "tokens", tokensJson);
    }

    static Accounts of(JsonObject json) {
        Map<String, User> users = new LinkedHashMap<>();
        JsonObject usersJson = json.getJsonObject("users", new JsonObject());
        usersJson.fieldNames().forEach(name -> users.put(name, User.of(usersJson.getJsonObject(name))));
        Map<String, Token> tokens = new LinkedHashMap<>();
        JsonObject tokensJson = json.getJsonObject("tokens", new JsonObject());
        tokensJson.fieldNames().forEach(id -> tokens.put(id, Token.of(tokensJson.getJsonObject(id))));
        return new Accounts(users, tokens);
    }
}
