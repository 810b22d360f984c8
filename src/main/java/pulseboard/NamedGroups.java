package pulseboard;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.NearestName;

/**
 * The value of a setting that holds groups of settings by names that people choose, such as the jobs of a board: a component of
 * type {@code Map<String, R>} in the record of a board, where the record R has its {@code DEFAULT}. Its checks are those of the
 * record that holds it, whose message begins with the whole name: {@code s3.jobs.photos.source}.
 */
final class NamedGroups {

    private NamedGroups() {}

    /** Whether this component of a record is such a setting. */
    static boolean is(RecordComponent component) {
        return component.getType() == Map.class && component.getDeclaringRecord() != Config.class;
    }

    /**
     * The groups that are given, each with the defaults for what it does not name.
     *
     * @param given as the settings file has it; from an environment variable the same as a text, in braces
     * @throws UserMistake when it is no such tree, or names a setting that is none
     */
    static Map<String, Record> of(String key, RecordComponent component, @Nullable Object given, String source) {
        Object tree = given instanceof String text ? SettingsFile.parse(source, text) : given;
        if (tree == null) {
            return Map.of();
        }
        Map<String, Record> groups = new TreeMap<>();
        members(source + ": " + key, tree)
                .forEach((name, members) ->
                        groups.put(name, group(key + "." + name, recordOf(component), members, source)));
        return Collections.unmodifiableMap(groups);
    }

    private static Record group(String key, Class<?> type, @Nullable Object given, String source) {
        Map<String, RecordComponent> known = new LinkedHashMap<>();
        Map<String, Object> values = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            known.put(component.getName(), component);
            values.put(component.getName(), Settings.read(component, defaults(type)));
        }
        members(source + ": " + key, given).forEach((name, value) -> {
            RecordComponent component = known.get(name);
            if (component == null) {
                throw new UserMistake(source + ": unknown setting " + key + "." + name + "; the nearest is " + key + "."
                        + NearestName.to(name, known.keySet()));
            }
            values.put(name, Settings.convert(key + "." + name, component, value, source));
        });
        try {
            return (Record) Settings.make(type, values.values().toArray());
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(type + " checks itself; what holds it is to do that", e);
        }
    }

    private static Map<String, Object> members(String what, @Nullable Object tree) {
        if (!(tree instanceof Map<?, ?> map)) {
            throw new UserMistake(what + " must be a group of names and values");
        }
        Map<String, Object> members = new LinkedHashMap<>();
        map.forEach((name, value) -> members.put(String.valueOf(name), value));
        return members;
    }

    private static Class<?> recordOf(RecordComponent component) {
        return (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[1];
    }

    private static Object defaults(Class<?> type) {
        try {
            return Objects.requireNonNull(type.getField("DEFAULT").get(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " has no DEFAULT", e);
        }
    }

    /** The same as a YAML file has it, on one line: what is as it is by default is left out. */
    static String toYaml(Map<?, ?> groups) {
        return groups.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + toYaml(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String toYaml(Object group) {
        Object defaults = defaults(group.getClass());
        return Arrays.stream(group.getClass().getRecordComponents())
                .filter(each -> !Settings.read(each, group).equals(Settings.read(each, defaults)))
                .map(each -> each.getName() + ": " + Settings.toYaml(Settings.read(each, group)))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
