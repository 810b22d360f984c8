package pulseboard;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.NearestName;

/**
 * The values of all settings and where each came from. Starts with the defaults; each later source overrides. The tree of
 * {@link Config} is the only list of what there is: an unknown name is refused, with the nearest known one.
 */
final class Settings {

    /** Where the package and the installation put them. */
    static final Path OF_THE_SERVICE = Path.of("/etc/pulseboard/pulseboard.yaml");

    /** What the source of a value begins with that an environment variable sets. */
    static final String ENVIRONMENT = "environment ";

    private static final String DEFAULT_SOURCE = "default";

    private record Value(Object value, String source) {}

    private final Map<String, RecordComponent> known = new LinkedHashMap<>();
    private final Map<String, Value> values = new LinkedHashMap<>();

    private final List<Board<?>> boards;

    /** With those of the boards of this program. */
    Settings() {
        this(Deployment.BOARDS);
    }

    /** With those of these boards. */
    Settings(List<Board<?>> boards) {
        this.boards = List.copyOf(boards);
        collect("", Config.class, Config.DEFAULT);
    }

    private void collect(String prefix, Class<?> type, Object defaults) {
        for (RecordComponent component : type.getRecordComponents()) {
            String key = prefix + component.getName();
            Object value = read(component, defaults);
            if (isOfBoards(component)) {
                boards.forEach(board -> collect(board.name() + ".", board.type(), board.defaults()));
            } else if (component.getType().isRecord()) {
                collect(key + ".", component.getType(), value);
            } else {
                known.put(key, component);
                values.put(key, new Value(value, DEFAULT_SOURCE));
            }
        }
    }

    private static boolean isOfBoards(RecordComponent component) {
        return component.getType() == Map.class && !NamedGroups.is(component);
    }

    static Object read(RecordComponent component, Object owner) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those of this file, or of the service if there is one; then of the environment. */
    static Settings ofThisMachine(@Nullable Path file) {
        return ofThisMachine(file, Deployment.BOARDS);
    }

    /** The same with other boards. */
    static Settings ofThisMachine(@Nullable Path file, List<Board<?>> boards) {
        Settings settings = new Settings(boards);
        Path path = file == null && Files.exists(OF_THE_SERVICE) ? OF_THE_SERVICE : file;
        if (path != null) {
            SettingsFile.apply(path, settings);
        }
        settings.applyEnvironment(System.getenv());
        return settings;
    }

    /** The same for whoever may not read those of the service, and then has the defaults. */
    static Settings ofThisMachineIfReadable(@Nullable Path file) {
        if (file != null || Files.isReadable(OF_THE_SERVICE)) {
            return ofThisMachine(file);
        }
        Settings settings = new Settings();
        settings.applyEnvironment(System.getenv());
        return settings;
    }

    /** The names of all settings, in the order of the tree. */
    List<String> keys() {
        return List.copyOf(known.keySet());
    }

    /** The environment variable of a setting: {@code web.pingTimeoutSeconds} is PULSEBOARD_WEB_PING_TIMEOUT_SECONDS. */
    static String variable(String key) {
        return "PULSEBOARD_"
                + key.replace('.', '_').replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }

    /** Takes every variable of the environment that names a setting; another {@code PULSEBOARD_} variable is refused. */
    void applyEnvironment(Map<String, String> environment) {
        Map<String, String> keyByVariable = new LinkedHashMap<>();
        keys().forEach(key -> keyByVariable.put(variable(key), key));
        environment.forEach((variable, value) -> {
            if (variable.startsWith("PULSEBOARD_") && !variable.equals(ShownToken.VARIABLE)) {
                String key = keyByVariable.get(variable);
                if (key == null) {
                    throw new UserMistake("environment variable " + variable + " names no setting; the nearest is "
                            + NearestName.to(variable, keyByVariable.keySet()));
                }
                set(key, value, ENVIRONMENT + variable);
            }
        });
    }

    /**
     * Takes one value.
     *
     * @param source where it comes from, for people
     * @throws UserMistake when there is no such setting or it cannot have this value
     */
    void set(String key, @Nullable Object value, String source) {
        RecordComponent component = known.get(key);
        if (component == null) {
            throw new UserMistake(
                    source + ": unknown setting " + key + "; the nearest is " + NearestName.to(key, known.keySet()));
        }
        values.put(key, new Value(convert(key, component, value, source), source));
    }

    static Object convert(String key, RecordComponent component, @Nullable Object value, String source) {
        Class<?> type = component.getType();
        if (NamedGroups.is(component)) {
            return NamedGroups.of(key, component, value, source);
        }
        if (type == int.class && value != null) {
            try {
                return Integer.valueOf(value.toString().strip());
            } catch (NumberFormatException e) {
                throw new UserMistake(source + ": " + key + " must be a whole number, not "
                        + (value.toString().isBlank() ? "empty" : value));
            }
        }
        if (type == boolean.class && value != null && String.valueOf(value).matches("true|false")) {
            return Boolean.valueOf(value.toString());
        }
        if (type == String.class && (value instanceof String || value instanceof Number)) {
            return value.toString();
        }
        if (component.getGenericType() instanceof ParameterizedType && value instanceof String text) {
            return Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .filter(item -> !item.isEmpty())
                    .toList();
        }
        if (component.getGenericType() instanceof ParameterizedType && value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        throw new UserMistake(source + ": " + key + " must be " + kind(component)
                + (isSecret(key) ? ", not what is there" : ", not " + value));
    }

    /** The kind of a setting's value, for people. */
    static String kind(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == boolean.class) {
            return "true or false";
        }
        return type == int.class ? "a whole number" : type == String.class ? "a text" : "a list of texts";
    }

    /** The settings as a tree of records, which check themselves. */
    Config toConfig() {
        return build("", Config.class);
    }

    private Object build(String prefix, RecordComponent component) {
        if (isOfBoards(component)) {
            Map<String, Record> all = new LinkedHashMap<>();
            boards.forEach(board -> all.put(board.name(), build(board.name() + ".", board.type())));
            return all;
        }
        String key = prefix + component.getName();
        Value value = values.get(key);
        return value == null ? build(key + ".", component.getType()) : value.value();
    }

    private <T> T build(String prefix, Class<T> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] arguments = new Object[components.length];
        for (int index = 0; index < components.length; index++) {
            arguments[index] = build(prefix, components[index]);
        }
        try {
            return make(type, arguments);
        } catch (InvocationTargetException e) {
            throw new UserMistake(
                    e.getCause() == null
                            ? e.toString()
                            : withSource(String.valueOf(e.getCause().getMessage())));
        }
    }

    static <T> T make(Class<T> type, Object[] values) throws InvocationTargetException {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            throw e;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A record's complaint starts with the setting's name; whoever is to mend it wants to know where it was set. */
    private String withSource(String complaint) {
        String key = complaint.split(" ", 2)[0];
        while (!values.containsKey(key) && key.contains(".")) {
            key = key.substring(
                    0, key.lastIndexOf('.')); // Of a group with a name of its own, the setting that holds it.
        }
        Value value = values.get(key);
        return value == null ? complaint : value.source() + ": " + complaint;
    }

    /** All settings as a YAML file that says where each value came from; secrets are stars. */
    String print() {
        StringBuilder yaml = new StringBuilder();
        String group = "";
        for (Map.Entry<String, Value> entry : values.entrySet()) {
            List<String> path = new ArrayList<>(List.of(entry.getKey().split("\\.", 2)));
            if (!path.get(0).equals(group)) {
                group = path.get(0);
                yaml.append(group).append(":\n");
            }
            yaml.append("  ")
                    .append(path.get(1))
                    .append(": ")
                    .append(toYaml(shown(entry.getKey(), entry.getValue().value())))
                    .append("  # ")
                    .append(entry.getValue().source())
                    .append('\n');
        }
        return yaml.toString();
    }

    /** Whether nobody may see the value of this setting. */
    static boolean isSecret(String key) {
        return key.endsWith("Secret") || key.endsWith("Password");
    }

    private static Object shown(String key, Object value) {
        if (key.endsWith(".url") && value instanceof String address) {
            return withoutQuery(address); // Some servers take a token there.
        }
        return isSecret(key) && !value.equals("") ? "***" : value;
    }

    private static String withoutQuery(String address) {
        int query = address.indexOf('?');
        return query < 0 ? address : address.substring(0, query + 1) + "***";
    }

    /** Whether a secret was set by this source, such as a file. */
    boolean hasSecretFrom(String source) {
        return values.entrySet().stream()
                .anyMatch(entry -> entry.getValue().source().startsWith(source)
                        && !entry.getValue().value().equals("")
                        && !shown(entry.getKey(), entry.getValue().value())
                                .equals(entry.getValue().value()));
    }

    static String toYaml(Object value) {
        if (value instanceof Map<?, ?> groups) {
            return NamedGroups.toYaml(groups);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Settings::toYaml).toList().toString();
        }
        return value instanceof String text ? "'" + text.replace("'", "''") + "'" : value.toString();
    }
}
