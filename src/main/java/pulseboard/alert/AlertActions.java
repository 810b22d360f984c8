package pulseboard.alert;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.ActionInfo;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.NearestName;
import pulseboard.feed.Parameter;

/** What people do with alerts and rules. Used on the context of the verticle. */
final class AlertActions {

    /** The map of rules that were made on the page, by name. */
    static final String RULES = "rules";

    private static final int MOST_NOTE_CHARACTERS = 500;
    private static final int MOST_RULES = 500;

    private final AlertVerticle alerts;

    AlertActions(AlertVerticle alerts) {
        this.alerts = alerts;
    }

    /** The board with these actions. */
    static BoardInfo described(BoardInfo board) {
        String line = "The same in one line, such as host:memory.usedPercent above 90 for 5m; instead of rule";
        return board.action(
                        "acknowledge",
                        ActionInfo.of("Notes that somebody has seen an alert: it is not repeated")
                                .takes("id", Parameter.Type.STRING, true, "The alert's, from the board")
                                .takes("note", Parameter.Type.STRING, false, "What is to be known of it")
                                .takes(
                                        "untilMinutes",
                                        Parameter.Type.INTEGER,
                                        false,
                                        "For how long; else until it is over or worse"))
                .action(
                        "save-rule",
                        ActionInfo.of("Makes a rule, or changes one that a board brings")
                                .takes("name", Parameter.Type.STRING, true, "Lower-case letters, digits and hyphens")
                                .takes("rule", Parameter.Type.OBJECT, false, "As in a file of rules, without the name")
                                .takes("line", Parameter.Type.STRING, false, line))
                .action(
                        "preview",
                        ActionInfo.of("Says when a rule would have fired, by what the history kept")
                                .takes("rule", Parameter.Type.OBJECT, false, "As in a file of rules")
                                .takes("line", Parameter.Type.STRING, false, line)
                                .takes(
                                        "fromMilliseconds",
                                        Parameter.Type.INTEGER,
                                        false,
                                        "From when on, at most 30 days ago; else a day ago"))
                .action(
                        "delete-rule",
                        ActionInfo.of("Takes a rule away that was made on the page")
                                .takes("name", Parameter.Type.STRING, true, "Its name"));
    }

    /** Begins to do them. */
    void serve(FeedPublisher publisher) {
        publisher.onAction("acknowledge", this::acknowledge);
        publisher.onAction("save-rule", (body, who) -> saveRule(body));
        publisher.onAction("preview", (body, who) -> preview(body));
        publisher.onAction("delete-rule", (body, who) -> deleteRule(body));
    }

    private Future<JsonObject> acknowledge(JsonObject body, String who) {
        String note = body.getString("note", "").strip();
        long minutes = body.getLong("untilMinutes", 0L);
        if (note.length() > MOST_NOTE_CHARACTERS) {
            throw new ActionRefusal(400, "bad_parameter", "note has more than " + MOST_NOTE_CHARACTERS + " characters");
        }
        if (minutes < 0 || minutes > TimeUnit.DAYS.toMinutes(30)) {
            throw new ActionRefusal(400, "bad_parameter", "untilMinutes must be from 0 to 43200, which is 30 days");
        }
        long now = alerts.now();
        long until = minutes == 0 ? 0 : now + TimeUnit.MINUTES.toMillis(minutes);
        String by = who.isEmpty() ? "somebody" : who;
        if (!alerts.engine().acknowledge(body.getString("id"), new Acknowledgement(by, now, note, until))) {
            throw new ActionRefusal(404, "unknown_alert", "no alert of that id fires; the board alerts lists them");
        }
        return done(new Batch());
    }

    private Future<JsonObject> done(Batch batch) {
        Future<Boolean> kept = alerts.settle(batch);
        alerts.publish();
        return kept.map(isOnDisk -> JsonObject.of("kept", isOnDisk));
    }

    private Future<JsonObject> saveRule(JsonObject body) {
        String name = body.getString("name");
        requireNoFile(name);
        JsonObject rule = rule(name, body.getJsonObject("rule"), body.getString("line"));
        if (alerts.book().pageSize() >= MOST_RULES && !alerts.book().isOnPage(name)) {
            throw new ActionRefusal(
                    409, "wrong_rule", "there are " + MOST_RULES + " rules; delete one that is not needed");
        }
        alerts.book().page(name, rule);
        Batch batch = new Batch();
        batch.put(RULES, name, rule);
        alerts.judgeBy();
        return done(batch);
    }

    /** What is meant by a body, which can be understood. */
    private JsonObject rule(String name, @Nullable JsonObject given, @Nullable String line) {
        if ((given == null) == (line == null)) {
            throw new ActionRefusal(400, "bad_parameter", "give either rule or line");
        }
        try {
            JsonObject json = line != null
                    ? RuleLine.read(name, line)
                    : Objects.requireNonNull(given).copy().put("name", name);
            Rule rule = alerts.book().preview(json);
            if (!alerts.boardNames().contains(rule.board())) {
                throw new WrongRule(
                        "there is no board " + rule.board(),
                        0,
                        "the nearest is " + NearestName.to(rule.board(), alerts.boardNames()));
            }
            return json;
        } catch (WrongRule wrong) {
            throw new ActionRefusal(400, "wrong_rule", String.valueOf(wrong.getMessage()));
        }
    }

    private Future<JsonObject> preview(JsonObject body) {
        JsonObject given = body.getJsonObject("rule");
        String name = given == null ? "preview" : given.getString("name", "preview");
        JsonObject json = rule(name, given, body.getString("line"));
        long now = alerts.now();
        long from = body.getLong("fromMilliseconds", now - TimeUnit.DAYS.toMillis(1));
        return new PreviewRequest(Vertx.currentContext().owner(), alerts.book().preview(json), from, now).run();
    }

    private Future<JsonObject> deleteRule(JsonObject body) {
        String name = body.getString("name");
        requireNoFile(name);
        if (!alerts.book().isOnPage(name)) {
            throw new ActionRefusal(
                    409,
                    "read_only_rule",
                    "no rule of that name was made on the page; save one with enabled: false to switch off a board's");
        }
        alerts.book().page(name, null);
        Batch batch = new Batch();
        batch.remove(RULES, name);
        alerts.judgeBy();
        return done(batch);
    }

    private void requireNoFile(String name) {
        String file = alerts.book().fileOf(name);
        if (!file.isEmpty()) {
            throw new ActionRefusal(409, "read_only_rule", "the file " + file + " has this rule; change it there");
        }
    }
}
