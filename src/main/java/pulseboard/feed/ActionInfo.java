package pulseboard.feed;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that a board does when it is told to. Who tells it needs the scope {@code act:board.NAME}, which operators have; an
 * action for administrators needs that role as well.
 *
 * @param description what it does, one sentence for people
 * @param isForAdmins whether only administrators may start it
 * @param takes the members of its JSON body, by name
 */
public record ActionInfo(String description, boolean isForAdmins, Map<String, Parameter> takes) {

    private static final String ADMIN = "admin";
    private static final String OPERATOR = "operator";

    /** Copies; keeps the order. */
    public ActionInfo {
        takes = Map.copyOf(takes);
    }

    /** An action for operators that takes nothing. */
    public static ActionInfo of(String description) {
        return new ActionInfo(description, false, Map.of());
    }

    /** The same, and takes one more member. */
    public ActionInfo takes(String name, Parameter.Type type, boolean isRequired, String meaning) {
        Map<String, Parameter> more = new LinkedHashMap<>(takes);
        more.put(name, new Parameter(type, isRequired, meaning));
        return new ActionInfo(description, isForAdmins, more);
    }

    /** The same, for administrators only. */
    public ActionInfo forAdmins() {
        return new ActionInfo(description, true, takes);
    }

    /** The role that it needs: {@code operator} or {@code admin}. */
    public String role() {
        return isForAdmins ? ADMIN : OPERATOR;
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
        return JsonObject.of("description", description, "role", role(), "takes", parameters);
    }

    private JsonObject parameter(String name) {
        return Objects.requireNonNull(takes.get(name)).toJson();
    }

    static ActionInfo of(JsonObject json) {
        Map<String, Parameter> takes = new LinkedHashMap<>();
        json.getJsonObject("takes", new JsonObject())
                .forEach(entry -> takes.put(entry.getKey(), Parameter.of((JsonObject) entry.getValue())));
        return new ActionInfo(json.getString("description", ""), ADMIN.equals(json.getString("role")), takes);
    }
}
