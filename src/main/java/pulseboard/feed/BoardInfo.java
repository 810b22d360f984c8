package pulseboard.feed;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What a board says of itself in the {@linkplain DirectoryVerticle directory}. Whoever serves, keeps or shows boards goes by
 * this, and holds no list of them.
 *
 * @param id its name
 * @param title its name for people
 * @param kind which page shows it; one that the page does not know is shown as a tree of its values
 * @param version of its document: grows when a key changes its meaning
 * @param isOnDemand whether it is sampled only while somebody watches
 * @param kept which of its numbers the history keeps
 * @param isLoggedByMinute whether the history asks it once a minute, at {@link Addresses#minute}, for a document to keep
 * @param hasFacts whether it answers at {@link Addresses#facts} what never changes while it runs
 * @param actions what it does when it is told to, by name
 * @param resources what it serves beside its state
 * @param values which of its figures have a name
 * @param rules when something on it is not well
 * @param metrics which of its figures are metrics, too; none of a board that is sampled only while somebody watches
 * @param health whether the process that it comes from is heard of
 */
public record BoardInfo(
        BoardId id,
        String title,
        String kind,
        int version,
        boolean isOnDemand,
        KeptNumbers kept,
        boolean isLoggedByMinute,
        boolean hasFacts,
        Map<String, ActionInfo> actions,
        List<ResourceInfo> resources,
        List<ValueInfo> values,
        List<RuleInfo> rules,
        List<MetricInfo> metrics,
        BoardHealth health) {

    /**
     * Copies; actions in the order of their names.
     *
     * @throws IllegalArgumentException when a metric is not named as those of this board are
     */
    public BoardInfo {
        actions = Collections.unmodifiableMap(new TreeMap<>(actions));
        resources = List.copyOf(resources);
        values = List.copyOf(values);
        rules = List.copyOf(rules);
        metrics = List.copyOf(metrics);
        for (MetricInfo metric : metrics) {
            if (!metric.isOf(id)) {
                throw new IllegalArgumentException(metric.name() + " is no metric of " + id);
            }
        }
    }

    /** A board of this machine, of a kind of its own, always sampled, and nothing of it is kept. */
    public static BoardInfo of(String name, String title) {
        return new BoardInfo(
                BoardId.local(name),
                title,
                name,
                1,
                false,
                KeptNumbers.NONE,
                false,
                false,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                BoardHealth.LIVE);
    }

    /** The same, sampled only while somebody watches. */
    public BoardInfo onDemand() {
        return with(json -> json.put("sampled", "on demand"));
    }

    /** The same, and the history keeps these numbers. */
    public BoardInfo keeping(KeptNumbers numbers) {
        return with(json -> json.put("kept", numbers.toJson()));
    }

    /** The same, and the history asks it once a minute. */
    public BoardInfo loggedByMinute() {
        return with(json -> json.put("loggedByMinute", true));
    }

    /** The same, and it has facts. */
    public BoardInfo withFacts() {
        return with(json -> json.put("facts", true));
    }

    /** The same, with one more action. */
    public BoardInfo action(String name, ActionInfo action) {
        BoardId.local(name); // Names of actions look the same.
        return with(json -> json.getJsonObject("actions").put(name, action.toJson()));
    }

    /** The same, with one more resource. */
    public BoardInfo resource(ResourceInfo resource) {
        List<ResourceInfo> more = new ArrayList<>(resources);
        more.add(resource);
        return with(json -> json.put("resources", resources(more)));
    }

    /** The same, with names for some of its figures. */
    public BoardInfo naming(List<ValueInfo> named) {
        return with(json -> json.put("values", values(named)));
    }

    /** The same, with rules that say when something on it is not well. */
    public BoardInfo judgedBy(List<RuleInfo> judges) {
        return with(json -> json.put("rules", rules(judges)));
    }

    /** The same, and these of its figures are metrics, too. */
    public BoardInfo measuredBy(List<MetricInfo> measures) {
        return with(json -> json.put("metrics", metrics(measures)));
    }

    /** The same, as this healthy. */
    public BoardInfo withHealth(BoardHealth now) {
        return with(json -> json.put("health", now.toJson()));
    }

    private BoardInfo with(Consumer<JsonObject> change) {
        JsonObject json = toJson();
        change.accept(json);
        return of(id, json);
    }

    /** All but the id, which is the key under which it stands in the directory. */
    public JsonObject toJson() {
        JsonObject doing = new JsonObject();
        actions.forEach((name, action) -> doing.put(name, action.toJson()));
        JsonObject json = new JsonObject()
                .put("title", title)
                .put("kind", kind)
                .put("version", version)
                .put("sampled", isOnDemand ? "on demand" : "always")
                .put("kept", kept.toJson())
                .put("loggedByMinute", isLoggedByMinute)
                .put("facts", hasFacts)
                .put("actions", doing)
                .put("resources", resources(resources))
                .put("values", values(values))
                .put("rules", rules(rules));
        if (!metrics.isEmpty()) {
            json.put("metrics", metrics(metrics));
        }
        return health.isLive() ? json : json.put("health", health.toJson());
    }

    private static JsonArray values(List<ValueInfo> values) {
        return new JsonArray(values.stream().map(ValueInfo::toJson).toList());
    }

    private static JsonArray rules(List<RuleInfo> rules) {
        return new JsonArray(rules.stream().map(RuleInfo::toJson).toList());
    }

    private static JsonArray metrics(List<MetricInfo> metrics) {
        return new JsonArray(metrics.stream().map(MetricInfo::toJson).toList());
    }

    private static JsonArray resources(List<ResourceInfo> resources) {
        return new JsonArray(resources.stream().map(ResourceInfo::toJson).toList());
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @throws RuntimeException when it is no such document
     */
    public static BoardInfo of(BoardId id, JsonObject json) {
        Map<String, ActionInfo> actions = new TreeMap<>();
        json.getJsonObject("actions", new JsonObject())
                .forEach(entry -> actions.put(entry.getKey(), ActionInfo.of((JsonObject) entry.getValue())));
        List<ResourceInfo> resources = json.getJsonArray("resources", new JsonArray()).stream()
                .map(each -> ResourceInfo.of((JsonObject) each))
                .toList();
        return new BoardInfo(
                id,
                Objects.requireNonNull(json.getString("title"), "title"),
                Objects.requireNonNull(json.getString("kind"), "kind"),
                json.getInteger("version", 1),
                "on demand".equals(json.getString("sampled")),
                KeptNumbers.of(json.getJsonObject("kept", new JsonObject())),
                json.getBoolean("loggedByMinute", false),
                json.getBoolean("facts", false),
                actions,
                resources,
                json.getJsonArray("values", new JsonArray()).stream()
                        .map(each -> ValueInfo.of((JsonObject) each))
                        .toList(),
                json.getJsonArray("rules", new JsonArray()).stream()
                        .map(each -> RuleInfo.of((JsonObject) each))
                        .toList(),
                json.getJsonArray("metrics", new JsonArray()).stream()
                        .map(each -> MetricInfo.of((JsonObject) each))
                        .toList(),
                BoardHealth.of(json.getJsonObject("health")));
    }
}
