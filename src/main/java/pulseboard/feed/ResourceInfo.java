package pulseboard.feed;

import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a board serves by REST beside its state: pages of long lists, files, exports, uploads. It is below {@code
 * /api/boards/ID/}. Whoever reads needs {@code read:board.NAME}; whoever changes something needs {@code act:board.NAME}.
 *
 * @param method the method of HTTP, in capitals
 * @param path below the board, such as {@code items} or {@code files/:name}
 * @param description what it is, one sentence for people
 * @param isForAdmins whether that takes the role of an administrator, too
 */
public record ResourceInfo(String method, String path, String description, boolean isForAdmins) {

    private static final String ADMIN = "admin";
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

    /** One that is not for administrators only. */
    public ResourceInfo(String method, String path, String description) {
        this(method, path, description, false);
    }

    /** The same, for administrators only. */
    public ResourceInfo forAdmins() {
        return new ResourceInfo(method, path, description, true);
    }

    /** Whether it changes nothing. */
    public boolean isReading() {
        return method.equals("GET");
    }

    JsonObject toJson() {
        JsonObject json = JsonObject.of("method", method, "path", path, "description", description);
        return isForAdmins ? json.put("role", ADMIN) : json;
    }

    static ResourceInfo of(JsonObject json) {
        return new ResourceInfo(
                Objects.requireNonNull(json.getString("method"), "method"),
                Objects.requireNonNull(json.getString("path"), "path"),
                json.getString("description", ""),
                ADMIN.equals(json.getString("role")));
    }
}
