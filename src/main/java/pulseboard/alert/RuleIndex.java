package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the rules that a change of a board is about: the keys of their paths as a tree. Not thread-safe. */
final class RuleIndex {

    /** Who judges what was found. */
    interface Found {
        /** A value of one key changed; the key is empty where there is but one. */
        void one(WatchedRule rule, String key);

        /** More than that. */
        void all(WatchedRule rule);
    }

    /** A path that ends here, or further down. */
    private record End(WatchedRule rule, boolean isOfKey) {}

    private static final class Node {
        private final Map<String, Node> children = new HashMap<>();
        private final List<End> ends = new ArrayList<>();
        private final List<WatchedRule> below = new ArrayList<>();
        private @Nullable Node any;

        Node child(String key) {
            if (!key.equals(ValuePath.ANY)) {
                return children.computeIfAbsent(key, missing -> new Node());
            }
            if (any == null) {
                any = new Node();
            }
            return any;
        }
    }

    private final Node root = new Node();

    void add(WatchedRule rule) {
        for (ValuePath path : rule.rule().paths()) {
            Node node = root;
            for (String key : path.keys()) {
                node = node.child(key);
                node.below.add(rule);
            }
            node.below.remove(node.below.size() - 1);
            node.ends.add(new End(rule, rule.rule().watch().isOne() || !path.isOne()));
        }
    }

    /** Looks through a patch, and only where there is a rule. */
    void find(JsonObject patch, Found found) {
        walk(root, patch, "", found);
    }

    private static void walk(Node node, JsonObject patch, String key, Found found) {
        for (Map.Entry<String, Object> member : patch.getMap().entrySet()) {
            Node child = node.children.get(member.getKey());
            if (child != null) {
                visit(child, member.getValue(), key, found);
            }
            if (node.any != null) {
                visit(node.any, member.getValue(), member.getKey(), found);
            }
        }
    }

    private static void visit(Node node, @Nullable Object value, String key, Found found) {
        for (End end : node.ends) {
            if (end.isOfKey) {
                found.one(end.rule, key);
            } else {
                found.all(end.rule);
            }
        }
        if (value instanceof JsonObject inner) {
            walk(node, inner, key, found);
        } else if (value instanceof Map<?, ?>) {
            walk(node, new JsonObject(castMap(value)), key, found);
        } else {
            node.below.forEach(found::all);
        }
    }

    @SuppressWarnings("unchecked") // JSON has no other keys.
    private static Map<String, Object> castMap(Object value) {
        return (Map<String, Object>) value;
    }
}
