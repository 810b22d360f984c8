package pulseboard.feed;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that a board does when it is told to. Who tells it needs the scope {@code act:board.NAME}, which operators have; an
 * action for administrators needs that role as well; for one that changes only what belongs to whoever tells it, {@code read:board.NAME}
 * is enough.
 *
 * @param description what it does, one sentence for people
 * @param role who may start it: {@code viewer}, {@code operator} or {@code admin}
 * @param takes the members of its JSON body, by name
 */
public record ActionInfo(String description, String role, Map<String, Parameter> takes) {

    private static final String ADMIN = "admin";
    private static final String OPERATOR = "operator";
    private static final String VIEWER = "viewer";

    /** Copies; keeps the order. */
    public ActionInfo {
        takes = Map.copyOf(takes);
    }

    /** An action for operators that takes nothing. */
    public static ActionInfo of(String description) {
        return new ActionInfo(description, OPERATOR, Map.of());
    }

    /** The same, and takes one more member. */
    public ActionInfo takes(String name, Parameter.Type type, boolean isRequired, String meaning) {
        Map<String, Parameter> more = new LinkedHashMap<>(takes);
        more.put(name, new Parameter(type, isRequired, meaning));
        return new ActionInfo(description, role, more);
    }

    /** The same, for administrators only. */
    public ActionInfo forAdmins() {
        return new ActionInfo(description, ADMIN, takes);
    }

    /** The same, for everybody who may see the board, since it is about what is theirs. */
    public ActionInfo forOneself() {
        return new ActionInfo(description, VIEWER, takes);
    }

    /** Whether only administrators may start it. */
    public boolean isForAdmins() {
        return role.equals(ADMIN);
    }

    /** Whether everybody may start it who may see the board. */
    public boolean isForOneself() {
        return role.equals(VIEWER);
    }

    /** What is wrong with a body for this action, one sentence; nothing when it can be carried out. */
    public Optional<String> mistake(JsonObject body) {
        for (String name : body.fieldNames()) {
            if (!takes.containsKey(name)) {
                return Optional.of(name + " is no parameter of this action" + known());
            }
        }
        return takes.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue().mistake(body.getValue(entry.getKey()))))
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .sorted()
                .findFirst();
    }

    private String known() {
        return takes.isEmpty()
                ? "; it takes none"
                : "; it takes "
                        + String.join(", ", takes.keySet().stream().sorted().toList());
    }

    JsonObject toJson() {
        JsonObject parameters = new JsonObject();
        takes.keySet().stream().sorted().forEach(name -> parameters.put(name, parameter(name)));
        return JsonObject.of("description", description, "role", role, "takes", parameters);
    }

    private JsonObject parameter(String name) {
        return Objects.requireNonNull(takes.get(name)).toJson();
    }

    static ActionInfo of(JsonObject json) {
        Map<String, Parameter> takes = new LinkedHashMap<>();
        json.getJsonObject("takes", new JsonObject())
                .forEach(entry -> takes.put(entry.getKey(), Parameter.of((JsonObject) entry.getValue())));
        String role = json.getString("role", OPERATOR);
        return new ActionInfo(
                json.getString("description", ""), List.of(VIEWER, ADMIN).contains(role) ? role : OPERATOR, takes);
    }
}
