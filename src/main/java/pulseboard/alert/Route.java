package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Which alerts go where.
 *
 * @param name lower-case letters, digits and hyphens; a rule may name it. What such a route brings to a person is a route of its own, whose
 *     name has that of the person behind a stroke
 * @param channels where they go
 * @param selector which alerts; one whose rule names this route is taken anyway
 * @param severity the least level
 * @param group what goes into one message
 * @param waitMilliseconds how long one waits for others of its group
 * @param repeatMilliseconds after how long what is critical is told again, until somebody acknowledges it; 0: never
 * @param escalation what becomes of what nobody acknowledges
 */
record Route(
        String name,
        List<String> channels,
        Selector selector,
        Level severity,
        Group group,
        long waitMilliseconds,
        long repeatMilliseconds,
        Escalation escalation) {

    private static final long WAIT = TimeUnit.SECONDS.toMillis(20);
    private static final long MOST_WAIT = TimeUnit.HOURS.toMillis(1);
    private static final long REPEAT = TimeUnit.HOURS.toMillis(4);
    private static final long ESCALATE_AFTER = TimeUnit.MINUTES.toMillis(30);

    private static final String TO_PERSON = "/";

    /** A rule that names this route is told to nobody. */
    static final String NOWHERE = "none";

    /** What goes into one message: all of this machine, of one board, of one rule, or each alone. */
    enum Group {
        MACHINE,
        BOARD,
        RULE,
        ALERT;

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The same for those that go together. */
        String keyOf(String id, JsonObject alert) {
            return switch (this) {
                case MACHINE -> "";
                case BOARD -> alert.getString("board", "");
                case RULE -> alert.getString("board", "") + "/" + alert.getString("rule", "");
                case ALERT -> id;
            };
        }
    }

    /** Further channels, after some milliseconds in which nobody acknowledged; no channels: never. */
    record Escalation(long after, List<String> channels) {

        static final Escalation NEVER = new Escalation(0, List.of());

        static Escalation of(Section section, Collection<String> channels) {
            section.knows("after", "channels");
            List<String> further = section.texts("channels", channels);
            if (further.isEmpty()) {
                throw section.mistake("channels", "say who is told then, such as channels: [phone]");
            }
            return new Escalation(section.duration("after", ESCALATE_AFTER), further);
        }
    }

    /** The one that there is when there is no other: all to all channels. */
    static Route toAll(Collection<String> channels) {
        List<String> sorted = channels.stream().sorted().toList();
        return new Route("default", sorted, Selector.ALL, Level.WARNING, Group.MACHINE, WAIT, REPEAT, Escalation.NEVER);
    }

    /** One that is nobody's: a message of the messenger's own to some channels, at once and never again. */
    static Route direct(String name, Collection<String> channels) {
        return new Route(name, List.copyOf(channels), Selector.ALL, Level.WARNING, Group.ALERT, 0, 0, Escalation.NEVER);
    }

    /** One to channels that no route leads to any more, and that wait for the end of an alert. */
    static Route forEnds(Collection<String> channels) {
        return direct("", channels);
    }

    /** Whether it brings nothing but ends. */
    boolean isForEnds() {
        return name.isEmpty();
    }

    /**
     * Reads one.
     *
     * @param channels the names of those that there are
     * @throws IllegalArgumentException when it cannot be; the message says how to mend it
     */
    static Route of(Section section, Collection<String> channels) {
        section.knows(
                "name",
                "channels",
                "users",
                "role",
                "boards",
                "rules",
                "keys",
                "severity",
                "group",
                "wait",
                "repeat",
                "escalate");
        if (section.name().equals(NOWHERE)) {
            throw section.mistake("name", "none is what a rule says that is told to nobody; choose another");
        }
        List<String> to = section.texts("channels", channels);
        if (to.isEmpty() && !section.has("users") && !section.has("role")) {
            throw section.mistake("channels", "say where to, such as channels: [mail], or to whom: users: [anna]");
        }
        long wait = section.duration("wait", WAIT);
        if (wait > MOST_WAIT) {
            throw section.mistake("wait", "at most 1h, not " + section.text("wait", ""));
        }
        return new Route(
                section.name(),
                to,
                Selector.of(section),
                severity(section),
                group(section),
                wait,
                section.duration("repeat", REPEAT),
                section.section("escalate")
                        .map(escalate -> Escalation.of(escalate, channels))
                        .orElse(Escalation.NEVER));
    }

    /** The name as it is written in the file, without the person. */
    static String written(String name) {
        int stroke = name.indexOf(TO_PERSON);
        return stroke < 0 ? name : name.substring(0, stroke);
    }

    /** The same to a person, as that one wants it. */
    Route to(Person person) {
        Level least = person.severity().compareTo(severity) > 0 ? person.severity() : severity;
        return new Route(
                name + TO_PERSON + person.name(),
                person.channels(),
                selector,
                least,
                group,
                waitMilliseconds,
                repeatMilliseconds,
                escalation);
    }

    static Level severity(Section section) {
        String text = section.text("severity", Level.WARNING.text());
        section.oneOf("severity", text, List.of(Level.WARNING.text(), Level.CRITICAL.text()));
        return Level.of(text);
    }

    private static Group group(Section section) {
        String text = section.text("group", Group.MACHINE.text());
        section.oneOf("group", text, Stream.of(Group.values()).map(Group::text).toList());
        return Group.valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** Why an alert does not go this way, a few words; empty when it does. */
    String refusal(JsonObject alert, Level worst) {
        String named = alert.getString("route", "");
        if (!named.isEmpty()) {
            return named.equals(written(name)) ? "" : "its rule names the route " + named;
        }
        String mismatch = selector.mismatch(alert);
        if (!mismatch.isEmpty()) {
            return mismatch;
        }
        return worst.compareTo(severity) < 0 ? "it takes only what is " + severity.text() : "";
    }
}
