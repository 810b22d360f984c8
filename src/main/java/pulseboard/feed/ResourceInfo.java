package pulseboard.feed;

import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a board serves by REST beside its state: pages of long lists, files, exports, uploads. It is below {@code
 * /api/boards/ID/}. Whoever reads needs {@code read:board.NAME}; whoever changes something needs {@code act:board.NAME}, and so does
 * whoever reads what is for operators.
 *
 * @param method the method of HTTP, in capitals
 * @param path below the board, such as {@code items} or {@code files/:name}
 * @param description what it is, one sentence for people
 * @param role who else than its method says has to ask: {@code operator}, {@code admin}, or empty for nobody else
 */
public record ResourceInfo(String method, String path, String description, String role) {

    private static final String ADMIN = "admin";
    private static final String OPERATOR = "operator";
    private static final Pattern METHODS = Pattern.compile("GET|PUT|POST|PATCH|DELETE");
    private static final Pattern PATH = Pattern.compile(":?[A-Za-z0-9][A-Za-z0-9.-]*(/:?[A-Za-z0-9][A-Za-z0-9.-]*)*");

    /** Paths that every board has, and no resource. */
    private static final Pattern TAKEN = Pattern.compile("(stream|history|series|facts|actions)([/.].*)?");

    /**
     * Checks method and path.
     *
     * @throws IllegalArgumentException when one of them cannot be
     */
    public ResourceInfo {
        if (!METHODS.matcher(method).matches()
                || !PATH.matcher(path).matches()
                || TAKEN.matcher(path).matches()) {
            throw new IllegalArgumentException("no board can have the resource " + method + " " + path);
        }
    }

    /** One for everybody who may do what its method says. */
    public ResourceInfo(String method, String path, String description) {
        this(method, path, description, "");
    }

    /** The same, for administrators only. */
    public ResourceInfo forAdmins() {
        return new ResourceInfo(method, path, description, ADMIN);
    }

    /** The same, for those only who may act on the board, though it changes nothing. */
    public ResourceInfo forOperators() {
        return new ResourceInfo(method, path, description, OPERATOR);
    }

    /** Whether only administrators may ask. */
    public boolean isForAdmins() {
        return role.equals(ADMIN);
    }

    /** Whether whoever asks has to be one who may act on the board. */
    public boolean needsToAct() {
        return !isReading() || !role.isEmpty();
    }

    /** Whether it changes nothing. */
    public boolean isReading() {
        return method.equals("GET");
    }

    JsonObject toJson() {
        JsonObject json = JsonObject.of("method", method, "path", path, "description", description);
        return role.isEmpty() ? json : json.put("role", role);
    }

    static ResourceInfo of(JsonObject json) {
        String role = json.getString("role", "");
        return new ResourceInfo(
                Objects.requireNonNull(json.getString("method"), "method"),
                Objects.requireNonNull(json.getString("path"), "path"),
                json.getString("description", ""),
                role.isEmpty() || role.equals(OPERATOR) ? role : ADMIN);
    }
}
