package pulseboard.alert;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.ResourceInfo;
import pulseboard.feed.Resources;

/** What the board alerts serves beside its state: rules, what became of alerts, and rules for Prometheus. */
final class AlertResources {

    private static final ResourceInfo TRANSITIONS = new ResourceInfo(
            "GET",
            "transitions",
            "What became of alerts, oldest first; parameters rule, key, from, to, limit, and format=csv for a table");
    private static final ResourceInfo RULES =
            new ResourceInfo("GET", "rules", "All rules, what they say, and where each comes from");
    private static final ResourceInfo PROMETHEUS =
            new ResourceInfo("GET", "rules.prometheus", "The rules as a file of alerting rules for Prometheus");

    private static final int MOST_ROWS = 10_000;
    private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{1,15}");

    private final Vertx vertx;
    private final AlertJournal journal;
    private final RuleBook book;

    AlertResources(Vertx vertx, AlertJournal journal, RuleBook book) {
        this.vertx = vertx;
        this.journal = journal;
        this.book = book;
    }

    /** The board with these resources. */
    static BoardInfo described(BoardInfo board) {
        return board.resource(TRANSITIONS).resource(RULES).resource(PROMETHEUS);
    }

    /** Begins to serve them. */
    void serve(FeedPublisher publisher) {
        publisher.onRequest(TRANSITIONS, this::transitions);
        publisher.onRequest(RULES, request -> {
            JsonObject rules = JsonObject.of(
                    "rules",
                    book.published().described(),
                    "problems",
                    book.published().problems());
            end(request.http().response(), "application/json", rules.encode());
        });
        publisher.onRequest(PROMETHEUS, request -> {
            String text = PrometheusRules.text(book.published().rules().values());
            end(request.http().response(), "application/yaml", text);
        });
    }

    private static void end(HttpServerResponse response, String type, String text) {
        if (!response.closed()) {
            response.putHeader("Content-Type", type).end(text);
        }
    }

    private static void refuse(HttpServerRequest request, int status, String word, String message) {
        if (!request.response().closed()) {
            request.response().setStatusCode(status);
            end(
                    request.response(),
                    "application/json",
                    JsonObject.of("error", word, "message", message).encode());
        }
    }

    private void transitions(Resources.Request request) {
        HttpServerRequest http = request.http();
        try {
            long now = System.currentTimeMillis();
            long from = time(http, "from", now - Times.milliseconds("7d"), now);
            long to = time(http, "to", now + 60_000, now);
            int limit = limit(http);
            Predicate<JsonObject> wanted = wanted(http.getParam("rule"), http.getParam("key"));
            journal.ask(vertx.getOrCreateContext(), store -> store.rows(from, to, limit, wanted))
                    .map(rows -> isTable(http) ? Table.of(rows) : new JsonArray(rows).encode())
                    .onSuccess(text ->
                            end(http.response(), isTable(http) ? "text/csv; charset=utf-8" : "application/json", text))
                    .onFailure(failure -> refuse(
                            http,
                            503,
                            "board_unavailable",
                            "the history of alerts cannot be read: " + failure.getMessage()));
        } catch (WrongRule wrong) {
            refuse(http, 400, "bad_parameter", String.valueOf(wrong.getMessage()));
        }
    }

    private static boolean isTable(HttpServerRequest http) {
        String accept = http.getHeader("Accept");
        return "csv".equals(http.getParam("format")) || (accept != null && accept.contains("text/csv"));
    }

    private static Predicate<JsonObject> wanted(@Nullable String rule, @Nullable String key) {
        return row -> {
            JsonObject alert = row.getJsonObject("alert", new JsonObject());
            return (rule == null || rule.equals(alert.getString("rule")))
                    && (key == null || key.equals(alert.getString("key", "")));
        };
    }

    private static int limit(HttpServerRequest http) {
        String text = http.getParam("limit", "1000");
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > MOST_ROWS || Integer.parseInt(text) < 1) {
            throw new WrongRule("limit is no number from 1 to " + MOST_ROWS, 0, "leave it out for 1000");
        }
        return Integer.parseInt(text);
    }

    private static long time(HttpServerRequest http, String name, long otherwise, long now) {
        String text = http.getParam(name);
        if (text == null || text.equals("now")) {
            return text == null ? otherwise : now;
        }
        if (MILLISECONDS.matcher(text).matches()) {
            return Long.parseLong(text);
        }
        try {
            return text.startsWith("-")
                    ? Math.max(0, now - Times.milliseconds(text.substring(1)))
                    : Math.max(0, Instant.parse(text).toEpochMilli());
        } catch (DateTimeParseException | ArithmeticException | WrongRule e) {
            throw new WrongRule(name + " is no time", 0, "write -7d, Unix milliseconds, or 2026-11-22T03:00:00Z");
        }
    }

    /** Rows as a table for spreadsheets (RFC 4180), in which nothing is taken for a formula. */
    private static final class Table {

        private static final List<String> COLUMNS = List.of("board", "rule", "key", "level", "text");

        static String of(List<JsonObject> rows) {
            StringBuilder table = new StringBuilder("time,id,kind,board,rule,key,level,text,maintenance\r\n");
            for (JsonObject row : rows) {
                table.append(Instant.ofEpochMilli(row.getLong("at", 0L)))
                        .append(',')
                        .append(row.getString("id"))
                        .append(',')
                        .append(row.getString("kind"));
                JsonObject alert = row.getJsonObject("alert", new JsonObject());
                COLUMNS.forEach(column -> table.append(',').append(cell(alert.getString(column, ""))));
                table.append(',').append(cell(row.getString("maintenance", ""))).append("\r\n");
            }
            return table.toString();
        }

        private static String cell(String text) {
            String safe = text.matches("(?s)[=+@\\t\\r-].*") ? "'" + text : text;
            return '"' + safe.replace("\"", "\"\"") + '"';
        }
    }
}
