package pulseboard;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** Figures by JVM, each beside its floor: as a table, and as JSON. */
final class Figures {

    private record Pair(double measured, double floor) {}

    private final Map<String, Map<String, Pair>> byName = new LinkedHashMap<>();

    void add(String name, Jvm jvm, double measured, double floor) {
        byName.computeIfAbsent(name, first -> new LinkedHashMap<>()).put(jvm.version(), new Pair(measured, floor));
    }

    void print(String title) {
        System.out.printf("%n%s%n%-48s", title, "");
        byName.values().iterator().next().keySet().forEach(java -> System.out.printf(" %10s %8s", java, "floor"));
        byName.forEach((name, pairs) -> {
            System.out.printf("%n%-48s", name);
            pairs.values().forEach(pair -> System.out.printf(" %10.2f %8.2f", pair.measured(), pair.floor()));
        });
        System.out.println();
    }

    JsonArray toJson() {
        JsonArray rows = new JsonArray();
        byName.forEach((name, pairs) -> pairs.forEach((java, pair) -> rows.add(
                JsonObject.of("figure", name, "java", java, "measured", pair.measured(), "floor", pair.floor()))));
        return rows;
    }
}
