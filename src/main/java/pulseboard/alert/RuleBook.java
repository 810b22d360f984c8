package pulseboard.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.feed.NearestName;
import pulseboard.feed.RuleInfo;

/**
 * All rules, from wherever they come: boards bring theirs, files and the page change them by name or add their own, and a file
 * wins. Not thread-safe.
 */
final class RuleBook {

    private static final Logger LOG = LoggerFactory.getLogger(RuleBook.class);

    static final String OF_BOARD = "board";
    static final String OF_PAGE = "page";

    private final Map<String, Map<String, JsonObject>> shipped = new TreeMap<>();
    private Map<String, RuleFiles.FileRule> files = Map.of();
    private final Map<String, JsonObject> page = new TreeMap<>();
    private List<JsonObject> fileProblems = List.of();
    private Published made = new Published(new TreeMap<>(), new JsonObject(), new JsonArray());
    private volatile Published published = made;

    /**
     * What came of it; not to be modified, and for any thread.
     *
     * @param rules those at work, by their board
     * @param described each rule, what it is and where it comes from, by its name
     * @param problems what is wrong with files and rules
     */
    record Published(Map<String, List<Rule>> rules, JsonObject described, JsonArray problems) {

        /** Each rule in a few words, by its name. */
        JsonObject summary() {
            JsonObject summary = new JsonObject();
            described.forEach(each -> {
                JsonObject rule = ((JsonObject) each.getValue()).copy();
                List.of("name", "text", "help", "unless").forEach(rule::remove);
                summary.put(each.getKey(), rule);
            });
            return summary;
        }

        /** Each problem by its number. */
        JsonObject numbered() {
            JsonObject numbered = new JsonObject();
            for (int index = 0; index < problems.size(); index++) {
                numbered.put(Integer.toString(index + 1), problems.getValue(index));
            }
            return numbered;
        }
    }

    /** A board is there, and brings these. */
    void announced(String board, List<RuleInfo> infos) {
        Map<String, JsonObject> rules = new LinkedHashMap<>();
        infos.forEach(info -> rules.put(info.name(), json(board, info)));
        if (!rules.equals(shipped.getOrDefault(board, Map.of()))) {
            shipped.put(board, rules);
            understand();
        }
    }

    /** A board is gone. */
    void withdrawn(String board) {
        if (shipped.remove(board) != null) {
            understand();
        }
    }

    /** The files are like this now. */
    void files(RuleFiles.Loaded loaded) {
        Map<String, RuleFiles.FileRule> rules = new TreeMap<>();
        loaded.rules().forEach(rule -> rules.put(rule.json().getString("name"), rule));
        files = rules;
        fileProblems = loaded.problems();
        understand();
    }

    /** Somebody made or changed a rule on the page; null: took it away. */
    void page(String name, @Nullable JsonObject rule) {
        if (rule == null) {
            page.remove(name);
        } else {
            page.put(name, rule);
        }
        understand();
    }

    /** The file that has a rule of this name; empty when none has. */
    String fileOf(String name) {
        RuleFiles.FileRule rule = files.get(name);
        return rule == null ? "" : rule.file();
    }

    /** How many rules were made on the page. */
    int pageSize() {
        return page.size();
    }

    boolean isOnPage(String name) {
        return page.containsKey(name);
    }

    /**
     * What a rule would be, if it were on the page.
     *
     * @throws WrongRule when it cannot be understood
     */
    Rule preview(JsonObject json) {
        RuleReader.check(json, Marks.NONE);
        return RuleReader.read(merged(brought(json.getString("name")), json), OF_PAGE, Marks.NONE);
    }

    private static JsonObject json(String board, RuleInfo info) {
        JsonObject json = JsonObject.of("name", info.name(), "watch", board + ":" + info.watch(), "text", info.text());
        Put.unlessEmpty(json, "of", info.of());
        if (!info.info().isEmpty()) {
            json.put("severity", Level.INFO.text()).put("when", info.info());
        }
        Put.unlessEmpty(json, "warn", info.warning());
        Put.unlessEmpty(json, "alarm", info.critical());
        Put.unlessEmpty(json, "unless", info.unless());
        Put.unlessEmpty(json, "help", info.help());
        Put.unlessEmpty(json, "cause", info.cause());
        Put.unlessEmpty(json, "metric", info.metric());
        return json;
    }

    /** What came of it. */
    Published published() {
        return published;
    }

    private void understand() {
        made = new Published(new TreeMap<>(), new JsonObject(), new JsonArray(new ArrayList<>(fileProblems)));
        Set<String> changed = new TreeSet<>(page.keySet());
        changed.addAll(files.keySet());
        shipped.forEach((board, rules) -> rules.forEach((name, json) -> {
            if (!changed.contains(name)) {
                add(json, OF_BOARD, Marks.NONE);
            }
        }));
        for (String name : changed) {
            RuleFiles.FileRule file = files.get(name);
            JsonObject own = file == null ? page.getOrDefault(name, new JsonObject()) : file.json();
            change(name, own, file);
        }
        published = made;
    }

    private void change(String name, JsonObject own, RuleFiles.@Nullable FileRule file) {
        String origin = file == null ? OF_PAGE : file.file();
        JsonObject brought = brought(name);
        JsonObject whole = merged(brought, own);
        Marks marks = file == null ? Marks.NONE : file.marks();
        if (!whole.containsKey("watch")) {
            Set<String> known = new TreeSet<>();
            shipped.values().forEach(rules -> known.addAll(rules.keySet()));
            String mend = known.isEmpty()
                    ? "give it watch"
                    : "give it watch, or its name; the nearest is " + NearestName.to(name, known);
            problem(
                    marks.place(new WrongRule("no board brings a rule " + name + " to change", 0, mend), own, "name"),
                    name,
                    origin);
            return;
        }
        marks.alias(whole, own);
        add(whole, origin, marks);
        JsonObject said = made.described.getJsonObject(name, new JsonObject());
        if (brought != null) {
            said.put("changes", OF_BOARD);
        }
        if (file != null && page.containsKey(name)) {
            said.put("hides", OF_PAGE);
        }
    }

    private @Nullable JsonObject brought(@Nullable String name) {
        return shipped.values().stream()
                .filter(rules -> rules.containsKey(name))
                .map(rules -> rules.get(name))
                .findFirst()
                .orElse(null);
    }

    private static JsonObject merged(@Nullable JsonObject brought, JsonObject own) {
        JsonObject whole = brought == null ? new JsonObject() : brought.copy();
        if (own.containsKey("when")) {
            List.of("when", "warn", "alarm").forEach(whole::remove);
        } else if (own.containsKey("warn") || own.containsKey("alarm")) {
            List.of("when", "severity").forEach(whole::remove);
        }
        if (own.containsKey("watch")
                && brought != null
                && !own.getValue("watch").equals(brought.getValue("watch"))) {
            List.of("of", "unless", "text", "metric", "cause").forEach(whole::remove); // They are about something else.
        }
        own.forEach(member -> whole.put(member.getKey(), member.getValue()));
        return whole;
    }

    private void add(JsonObject json, String origin, Marks marks) {
        String name = json.getString("name", "");
        try {
            Rule rule = RuleReader.read(json, origin, marks);
            boolean isOn = !Boolean.FALSE.equals(json.getValue("enabled"));
            made.described.put(name, rule.toJson().put("enabled", isOn));
            if (isOn) {
                made.rules
                        .computeIfAbsent(rule.board(), missing -> new ArrayList<>())
                        .add(rule);
            }
        } catch (WrongRule wrong) {
            problem(wrong, name, origin);
            if (origin.equals(OF_BOARD)) {
                LOG.warn("The rule {} is left out: {}", name, wrong.getMessage());
            }
        }
    }

    private void problem(WrongRule wrong, String name, String origin) {
        made.problems.add(wrong.toJson().put("rule", name).put(wrong.line() > 0 ? "file" : "from", origin));
    }
}
