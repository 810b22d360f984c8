package pulseboard.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.NearestName;

/** Understands a rule as files and the page have it: a JSON object of names and values. */
final class RuleReader {

    static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** All that a rule may have, in the order in which it is written. */
    static final List<String> KEYS = List.of(
            "name",
            "enabled",
            "watch",
            "of",
            "mean",
            "warn",
            "alarm",
            "when",
            "severity",
            "unless",
            "text",
            "help",
            "repeat",
            "route",
            "cause",
            "metric");

    private static final Set<String> OF_A_LEVEL = new TreeSet<>(List.of(
            "above", "below", "is", "isNot", "in", "present", "absent", "rises", "changes", "differs", "reaches"));
    private static final Set<String> OF_TIME = new TreeSet<>(List.of("for", "clear", "clearFor"));
    static final Set<String> SEVERITIES = new TreeSet<>(List.of("info", "warning", "critical"));
    private static final List<String> LEVELS = List.of("warn", "alarm", "when");

    /** A level that a board's rule has, and this one has not. */
    private static final String OFF = "off";

    private static final int MOST_CHARACTERS = 2_000;

    private final JsonObject json;
    private final Marks marks;

    private RuleReader(JsonObject json, Marks marks) {
        this.json = json;
        this.marks = marks;
    }

    /**
     * Understands one.
     *
     * @param marks where each part stands in a file
     * @throws WrongRule when it cannot be; it says where, and how to mend it
     */
    static Rule read(JsonObject json, String origin, Marks marks) {
        return new RuleReader(json, marks).rule(origin);
    }

    /**
     * Looks whether it can be understood, also when it only changes a rule that a board brings.
     *
     * @throws WrongRule when it cannot be
     */
    static void check(JsonObject json, Marks marks) {
        JsonObject whole = new JsonObject(new LinkedHashMap<>(json.getMap()));
        marks.alias(whole, json);
        if (!whole.containsKey("watch")) {
            whole.put("watch", "any:value");
        }
        if (LEVELS.stream().noneMatch(level -> whole.containsKey(level) && !OFF.equals(whole.getValue(level)))) {
            whole.put("when", "above 0");
        }
        Rule unused = read(whole, "", marks);
    }

    private Rule rule(String origin) {
        requireKnown(json, KEYS, "rule");
        String name = text("name");
        if (!NAME.matcher(name).matches()) {
            throw wrong(
                    "name",
                    "the name is " + (name.isEmpty() ? "missing" : "\"" + shown(name) + "\""),
                    "use 1 to 63 lower-case letters, digits and hyphens");
        }
        String[] watched = text("watch").split(":", 2);
        if (watched.length < 2 || watched[0].isBlank()) {
            throw wrong("watch", "the board is missing in watch", "write it as in host:memory.usedPercent");
        }
        ValuePath watch = at("watch", () -> ValuePath.of(watched[1].strip()));
        Map<Level, Threshold> levels = levels();
        Rule.Texts texts = new Rule.Texts(
                text("text").isEmpty() ? defaultText(watch) : text("text"),
                text("help"),
                text("repeat").isEmpty() ? "" : at("repeat", () -> Times.text(Times.milliseconds(text("repeat")))),
                text("route"),
                text("cause"),
                text("metric"));
        String mean = text("mean");
        return new Rule(
                name,
                watched[0].strip(),
                watch,
                text("of").isEmpty() ? null : at("of", () -> beside(text("of"), watched[0], watch)),
                mean.isEmpty() ? 0 : at("mean", () -> Times.milliseconds(mean)),
                levels,
                unless(watched[0], watch),
                texts,
                origin);
    }

    private static String defaultText(ValuePath watch) {
        return (watch.isOne() ? watch.text() : watch.last() + " of {{key}}") + " is {{value}}";
    }

    private Map<Level, Threshold> levels() {
        Map<Level, Threshold> levels = new EnumMap<>(Level.class);
        String severity = text("severity");
        if (!severity.isEmpty() && !SEVERITIES.contains(severity)) {
            throw wrong(
                    "severity",
                    "\"" + shown(severity) + "\" is no severity",
                    "write one of " + String.join(", ", SEVERITIES));
        }
        put(levels, "when", Level.of(severity.isEmpty() ? "critical" : severity));
        if (!severity.isEmpty() && levels.isEmpty()) {
            throw wrong(
                    "severity", "severity goes with when", "write when: above 90, or warn and alarm without severity");
        }
        put(levels, "warn", Level.WARNING);
        put(levels, "alarm", Level.CRITICAL);
        if (levels.isEmpty()) {
            throw wrong("name", "the rule has no level", "add warn or alarm, such as alarm: above 90 for 5m");
        }
        if (levels.values().stream()
                                .map(each -> each.when().how())
                                .filter(how -> how == Condition.How.DIFFERS || how == Condition.How.REACHES)
                                .count()
                        % levels.size()
                != 0) {
            throw wrong("name", "its levels are of different kinds", "make a rule of each");
        }
        return levels;
    }

    private void put(Map<Level, Threshold> levels, String key, Level level) {
        Object value = json.getValue(key);
        if (value == null || OFF.equals(value)) {
            return;
        }
        if (levels.containsKey(level)) {
            throw wrong(key, "the same level is there twice", "leave when out");
        }
        levels.put(
                level,
                value instanceof JsonObject parts ? ofParts(key, parts) : at(key, () -> Threshold.of(text(key))));
    }

    private Threshold ofParts(String key, JsonObject parts) {
        List<String> known = new ArrayList<>(OF_A_LEVEL);
        known.addAll(OF_TIME);
        requireKnown(parts, known, key);
        List<String> conditions =
                parts.fieldNames().stream().filter(OF_A_LEVEL::contains).toList();
        if (conditions.size() != 1) {
            throw wrong(
                    key,
                    key + " has " + (conditions.isEmpty() ? "no condition" : "more than one condition"),
                    "give it exactly one of " + String.join(", ", OF_A_LEVEL));
        }
        StringBuilder words = new StringBuilder(conditions.get(0)).append(compared(parts.getValue(conditions.get(0))));
        OF_TIME.stream()
                .filter(parts::containsKey)
                .forEach(each -> words.append(' ').append(each).append(word(parts.getValue(each))));
        try {
            return Threshold.of(words.toString());
        } catch (WrongRule wrong) {
            throw placed(new WrongRule(wrong.what(), 0, wrong.mend()), parts, conditions.get(0))
                    .in(key);
        }
    }

    private static String compared(@Nullable Object value) {
        if (value instanceof JsonArray list) {
            return list.stream().map(RuleReader::word).collect(Collectors.joining("", " [", " ]"));
        }
        boolean isOfWords = value instanceof String text && text.matches("[^ ]+ (in|within) [^ ]+");
        return Boolean.TRUE.equals(value) || value == null ? "" : isOfWords ? " " + value : word(value);
    }

    private static String word(@Nullable Object value) {
        String text = value instanceof Double number ? Figures.plain(number) : String.valueOf(value);
        if (text.indexOf('"') >= 0) {
            throw new WrongRule("a quotation mark in a value", 0, "compare with a value that has none");
        }
        return text.matches("[^\\s,\\[\\]]+") ? " " + text : " \"" + text + '"';
    }

    private Rule.@Nullable Unless unless(String board, ValuePath watch) {
        if (text("unless").isEmpty()) {
            return null;
        }
        return at("unless", () -> {
            RuleText words = new RuleText(text("unless"));
            ValuePath where = beside(words.take("a path", "write it as in type is squashfs"), board, watch);
            Condition condition = words.condition();
            words.requireEnd();
            return new Rule.Unless(where, condition);
        });
    }

    /** One key alone is a neighbour of what is watched. */
    private static ValuePath beside(String text, String board, ValuePath watch) {
        String prefix = board.strip() + ":";
        boolean hasBoard = text.startsWith(prefix);
        if (!hasBoard && text.matches("[A-Za-z0-9/_-]+:.*")) {
            throw new WrongRule("it is on another board", 1, "a rule looks at one board: write " + prefix + "…");
        }
        ValuePath path = ValuePath.of(hasBoard ? text.substring(prefix.length()) : text);
        if (!path.isOne() && watch.isOne()) {
            throw new WrongRule("a * that watch does not have", 1, "name the key");
        }
        if (path.keys().size() > 1 || hasBoard) {
            return path;
        }
        List<String> keys = new ArrayList<>(watch.keys());
        keys.set(keys.size() - 1, path.last());
        return new ValuePath(keys);
    }

    private String text(String key) {
        Object value = json.getValue(key);
        if (value instanceof JsonObject || value instanceof JsonArray) {
            throw wrong(key, key + " is no text", "write it in one line");
        }
        String text = value == null ? "" : String.valueOf(value).strip();
        if (text.length() > MOST_CHARACTERS) {
            throw wrong(key, key + " is longer than " + MOST_CHARACTERS + " characters", "make it shorter");
        }
        return text;
    }

    private void requireKnown(JsonObject object, List<String> known, String what) {
        for (String key : object.fieldNames()) {
            if (!known.contains(key)) {
                String mend = "the nearest is " + NearestName.to(key, known);
                throw placed(new WrongRule("a " + what + " has no \"" + shown(key) + "\"", 0, mend), object, key);
            }
        }
    }

    private static String shown(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    private interface Reading<T> {
        T read();
    }

    private <T> T at(String key, Reading<T> reading) {
        try {
            return reading.read();
        } catch (WrongRule wrong) {
            throw placed(wrong, json, key).in(key);
        }
    }

    private WrongRule wrong(String key, String what, String mend) {
        return placed(new WrongRule(what, 0, mend), json, key);
    }

    private WrongRule placed(WrongRule wrong, JsonObject owner, String key) {
        return marks.place(wrong, owner, key);
    }
}
