package pulseboard.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Alerts that wait for others, so that one message tells of all of them. Not thread-safe. */
final class Grouping {

    /**
     * Some alerts on one route.
     *
     * @param dueAt when they are told, in Unix milliseconds
     */
    record Group(String route, long dueAt, Set<String> alerts) {

        JsonObject toJson() {
            return JsonObject.of("route", route, "dueAt", dueAt, "alerts", new JsonArray(List.copyOf(alerts)));
        }

        static Group of(JsonObject json) {
            Set<String> alerts = new LinkedHashSet<>();
            json.getJsonArray("alerts", new JsonArray()).forEach(each -> alerts.add((String) each));
            return new Group(json.getString("route", ""), json.getLong("dueAt", 0L), alerts);
        }
    }

    private final SavedMap<Group> groups = new SavedMap<>("groups", Group::toJson);

    /** Whether an alert waits on a route. */
    boolean has(String route, String alert) {
        return groups.values().stream()
                .anyMatch(group -> group.route().equals(route) && group.alerts().contains(alert));
    }

    /** Whether an alert waits anywhere. */
    boolean has(String alert) {
        return groups.values().stream().anyMatch(group -> group.alerts().contains(alert));
    }

    /** Joins those that have the same key; the first of them says when they are told. */
    void join(String route, String key, String alert, long dueAt) {
        String name = route + "/" + key;
        Group group = groups.get(name);
        if (group == null) {
            group = new Group(route, dueAt, new LinkedHashSet<>());
            groups.put(name, group);
        }
        group.alerts().add(alert);
        groups.touch(name);
    }

    /** Takes out those whose time has come. */
    List<Group> due(long now) {
        List<Map.Entry<String, Group>> due = groups.entries().stream()
                .filter(each -> each.getValue().dueAt() <= now)
                .toList();
        due.forEach(each -> groups.remove(each.getKey()));
        return due.stream().map(Map.Entry::getValue).toList();
    }

    /** When the next one is due. */
    long nextAt() {
        return groups.values().stream().mapToLong(Group::dueAt).min().orElse(Long.MAX_VALUE);
    }

    /** None waits longer than this, such as after the clock was put back. */
    void hasten(long latest) {
        groups.entries().forEach(each -> {
            Group group = each.getValue();
            if (group.dueAt() > latest) {
                groups.put(each.getKey(), new Group(group.route(), latest, group.alerts()));
            }
        });
    }

    void save(Batch batch) {
        groups.save(batch);
    }

    void restore(Map<String, Map<String, JsonObject>> maps) {
        groups.restore(maps, (key, json) -> Group.of(json));
    }
}
