package pulseboard.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.NearestName;

/** The members of one part of a YAML file. What is wrong is said with the place of it and the mend. */
final class Section {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,63}");

    private final String where;
    private final JsonObject json;

    /**
     * Makes it.
     *
     * @param where what messages begin with, such as {@code routes: disks}
     */
    Section(String where, JsonObject json) {
        this.where = where;
        this.json = json;
    }

    /**
     * Those of a list, each with its {@code name}; or of an object, whose keys are the names.
     *
     * @throws IllegalArgumentException when it is neither, or a name is missing, wrong or there twice
     */
    static List<Section> list(String part, @Nullable Object value) {
        List<Section> sections = new ArrayList<>();
        if (value instanceof JsonObject byName) {
            byName.forEach(each -> sections.add(of(
                    part, each.getValue() instanceof JsonObject one ? one.copy().put("name", each.getKey()) : null)));
        } else if (value instanceof JsonArray list) {
            list.forEach(each -> sections.add(of(part, each)));
        } else if (value != null) {
            throw new IllegalArgumentException(part + ": expected a list, each with a name: \"- name: …\"");
        }
        Set<String> names = new TreeSet<>();
        for (Section each : sections) {
            if (!names.add(each.name())) {
                throw new IllegalArgumentException(each.where + ": this name is there twice");
            }
        }
        return sections;
    }

    private static Section of(String part, @Nullable Object value) {
        if (!(value instanceof JsonObject one)) {
            throw new IllegalArgumentException(part + ": expected names and values in each, not "
                    + (value == null ? "nothing" : "a " + (value instanceof JsonArray ? "list" : "text")));
        }
        String name = one.getValue("name") instanceof String text ? text : "";
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(part
                    + ": each needs a name of lower-case letters, digits and hyphens, at most 63"
                    + (name.isEmpty() ? "" : "; " + name + " is none"));
        }
        return new Section(part + ": " + name, one);
    }

    String name() {
        return text("name", "");
    }

    /** Refuses what is none of these. */
    Section knows(String... names) {
        List<String> known = Arrays.asList(names);
        for (String name : json.fieldNames()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        where + ": unknown key " + name + "; the nearest is " + NearestName.to(name, known));
            }
        }
        return this;
    }

    JsonObject toJson() {
        return json.copy();
    }

    boolean has(String name) {
        return json.getValue(name) != null;
    }

    String text(String name, String otherwise) {
        Object value = json.getValue(name);
        if (value instanceof JsonObject || value instanceof JsonArray) {
            throw mistake(name, "expected one text");
        }
        return value == null ? otherwise : value.toString();
    }

    /** A list of texts, or one of them; empty when it is missing. */
    List<String> texts(String name) {
        Object value = json.getValue(name);
        if (value instanceof JsonObject) {
            throw mistake(name, "expected a list such as [a, b]");
        }
        if (value instanceof JsonArray list) {
            if (list.stream().anyMatch(each -> each instanceof JsonObject || each instanceof JsonArray)) {
                throw mistake(name, "expected a list of texts such as [a, b]");
            }
            return list.stream().map(String::valueOf).toList();
        }
        return value == null ? List.of() : List.of(value.toString());
    }

    /** The same, of which each is one of these. */
    List<String> texts(String name, Iterable<String> known) {
        List<String> texts = texts(name);
        texts.forEach(text -> oneOf(name, text, known));
        return texts;
    }

    /** A text that is one of these. */
    String oneOf(String name, String text, Iterable<String> known) {
        for (String each : known) {
            if (each.equals(text)) {
                return text;
            }
        }
        String nearest = NearestName.to(text, known);
        throw mistake(
                name,
                text + " is not known; "
                        + (nearest.isEmpty() ? "there is none" : "the nearest is " + nearest + " of " + all(known)));
    }

    private static String all(Iterable<String> known) {
        return String.join(", ", known);
    }

    /** In milliseconds, from a text such as {@code 30m}; 0 for {@code never}. */
    long duration(String name, long otherwise) {
        String text = text(name, "");
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            return text.equals("never") ? 0 : Times.milliseconds(text);
        } catch (IllegalArgumentException e) {
            throw mistake(name, String.valueOf(e.getMessage()));
        }
    }

    Optional<Section> section(String name) {
        Object value = json.getValue(name);
        if (value != null && !(value instanceof JsonObject)) {
            throw mistake(name, "expected names and values");
        }
        return value == null ? Optional.empty() : Optional.of(new Section(where + ": " + name, (JsonObject) value));
    }

    IllegalArgumentException mistake(String name, String what) {
        return new IllegalArgumentException(where + ": " + name + ": " + what);
    }
}
