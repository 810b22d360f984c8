package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When somebody works on the machine, so that messages about some alerts tell nobody anything.
 *
 * @param name for people
 * @param selector which alerts
 * @param when by the clock on the wall
 */
record Maintenance(String name, Selector selector, Windows when) {

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it cannot be; the message says how to mend it
     */
    static Maintenance of(Section section) {
        List<String> members = new ArrayList<>(Windows.MEMBERS);
        members.addAll(List.of("name", "boards", "rules", "keys"));
        section.knows(members.toArray(String[]::new));
        return new Maintenance(section.name(), Selector.of(section), Windows.of(section));
    }

    Optional<Held> hold(JsonObject alert, long now) {
        return selector.matches(alert)
                ? when.endOf(now).stream()
                        .mapToObj(end -> new Held("maintenance " + name, end))
                        .findFirst()
                : Optional.empty();
    }
}
