package pulseboard.alert;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * When a route brings no messages.
 *
 * @param name for people
 * @param routes whose; empty: all
 * @param when by the clock on the wall
 * @param letThrough levels that are told all the same
 */
record QuietHours(String name, List<String> routes, Windows when, List<String> letThrough) {

    /**
     * Reads one.
     *
     * @param routes the names of those that there are
     * @throws IllegalArgumentException when it cannot be; the message says how to mend it
     */
    static QuietHours of(Section section, Collection<String> routes) {
        List<String> members = new ArrayList<>(Windows.MEMBERS);
        members.addAll(List.of("name", "routes", "letThrough"));
        section.knows(members.toArray(String[]::new));
        return new QuietHours(
                section.name(),
                section.texts("routes", routes),
                Windows.of(section),
                section.texts("letThrough", Level.TOLD));
    }

    /** Reads those of a person, on all routes that tell this one. */
    static QuietHours ofPerson(Section section) {
        List<String> members = new ArrayList<>(Windows.MEMBERS);
        members.add("letThrough");
        section.knows(members.toArray(String[]::new));
        return new QuietHours("", List.of(), Windows.of(section), section.texts("letThrough", Level.TOLD));
    }

    /** The same, of somebody, for these routes. */
    QuietHours of(String person, List<String> theirRoutes) {
        return new QuietHours("of " + person, theirRoutes, when, letThrough);
    }

    /** Whether they hold back what has this level on this route. */
    Optional<Held> hold(String route, Level level, long now) {
        boolean isMeant = routes.isEmpty() || routes.contains(route) || routes.contains(Route.written(route));
        if (!isMeant || letThrough.contains(level.text())) {
            return Optional.empty();
        }
        return when.endOf(now).stream()
                .mapToObj(end -> new Held("quiet hours " + name, end))
                .findFirst();
    }
}
