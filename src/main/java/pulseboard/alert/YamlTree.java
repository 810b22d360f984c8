package pulseboard.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML file as JSON, of which each part knows where it stands.
 *
 * @param json the members
 * @param marks where they stand
 */
record YamlTree(JsonObject json, Marks marks) {

    private static final int MOST_LEVELS = 8;

    /**
     * Reads a text.
     *
     * @throws WrongRule when it is no such file
     */
    static YamlTree of(String text) {
        LoadSettings settings = LoadSettings.builder().build();
        try {
            new Parse(settings).parseString(text).forEach(new Shape()::take);
            Optional<Node> root = new Compose(settings).composeString(text);
            Marks marks = new Marks();
            if (root.isEmpty() || isEmpty(root.get())) {
                return new YamlTree(new JsonObject(), marks);
            }
            if (!(root.get() instanceof MappingNode mapping)) {
                throw new WrongRule("the file has no sections", 0, "begin it with rules:").at(1, 1);
            }
            return new YamlTree(object(mapping, marks), marks);
        } catch (MarkedYamlEngineException e) {
            throw at(
                    new WrongRule("not valid YAML: " + e.getProblem(), 0, "mend it there or just above"),
                    e.getProblemMark());
        } catch (YamlEngineException e) {
            String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new WrongRule("not valid YAML: " + what, 0, "mend it").at(1, 1);
        }
    }

    private static boolean isEmpty(Node root) {
        return root instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    /** Before the file is composed: that goes down by one call for each level, and what refers to others may grow without end. */
    private static final class Shape {
        private int depth;

        void take(Event event) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > MOST_LEVELS) {
                throw at(
                        new WrongRule("more than " + MOST_LEVELS + " levels", 0, "make it simpler"),
                        event.getStartMark());
            }
            if (event instanceof AliasEvent) {
                throw at(new WrongRule("it refers to another part", 0, "write that part out"), event.getStartMark());
            }
        }
    }

    private static WrongRule at(WrongRule wrong, Optional<Mark> mark) {
        return mark.map(found -> wrong.at(found.getLine() + 1, found.getColumn() + 1))
                .orElse(wrong);
    }

    private static JsonObject object(MappingNode mapping, Marks marks) {
        JsonObject json = new JsonObject();
        mapping.getStartMark().ifPresent(mark -> marks.put(json, "", mark.getLine() + 1, mark.getColumn() + 1));
        for (NodeTuple member : mapping.getValue()) {
            if (!(member.getKeyNode() instanceof ScalarNode name)) {
                throw at(
                        new WrongRule("a name is no text", 0, "write one word"),
                        member.getKeyNode().getStartMark());
            }
            String key = name.getValue();
            if (json.containsKey(key)) {
                throw at(new WrongRule("\"" + key + "\" is there twice", 0, "leave one out"), name.getStartMark());
            }
            Mark mark =
                    member.getValueNode().getStartMark().or(name::getStartMark).orElse(null);
            if (mark != null) {
                marks.put(json, key, mark.getLine() + 1, mark.getColumn() + 1);
            }
            Object value = value(member.getValueNode(), marks);
            json.put(key, Objects.requireNonNullElse(value, ""));
        }
        return json;
    }

    private static @Nullable Object value(Node node, Marks marks) {
        if (node instanceof MappingNode mapping) {
            return object(mapping, marks);
        }
        if (node instanceof SequenceNode sequence) {
            JsonArray list = new JsonArray();
            sequence.getValue().forEach(each -> list.add(Objects.requireNonNullElse(value(each, marks), "")));
            return list;
        }
        return scalar((ScalarNode) node);
    }

    private static @Nullable Object scalar(ScalarNode node) {
        String text = node.getValue();
        if (node.getTag().equals(Tag.BOOL)) {
            return Boolean.valueOf(text);
        }
        if (node.getTag().equals(Tag.INT) && text.matches("-?[0-9]{1,15}")) {
            return Long.valueOf(text);
        }
        if (node.getTag().equals(Tag.FLOAT) && text.matches("-?[0-9]+\\.[0-9]+")) {
            return Double.valueOf(text);
        }
        return node.getTag().equals(Tag.NULL) ? null : text;
    }
}
