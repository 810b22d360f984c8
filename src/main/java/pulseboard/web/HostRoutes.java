package pulseboard.web;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pulseboard.auth.Identity;

/**
 * {@code GET /api/hosts}: the machines that whoever asks may see, as the board {@code fleet} has them; others do not exist. Used on one
 * event loop.
 */
final class HostRoutes {

    private static final int MOST = 1_000;

    private final Boards boards;
    private final String home;

    HostRoutes(Boards boards, String home) {
        this.boards = boards;
        this.home = home;
    }

    /** Adds the route. */
    void mount(Router router) {
        BoardRoutes.get(router, "/api/hosts").handler(this::list);
    }

    private void list(RoutingContext context) {
        boards.find(context, Audience.FLEET)
                .ifPresent(board -> board.snapshots
                        .ask()
                        .onSuccess(
                                snapshot -> list(context, snapshot.document().getJsonObject("state", new JsonObject())))
                        .onFailure(failure -> Failures.respond(
                                context, 503, "board_unavailable", "no answer; GET /api/health says more")));
    }

    private void list(RoutingContext context, JsonObject state) {
        Optional<Wanted> wanted = Wanted.of(context.request());
        if (wanted.isEmpty()) {
            Failures.respond(context, 400, "bad_parameter", "limit is a number from 1 to " + MOST);
            return;
        }
        Identity who = AuthenticationHandler.known(context);
        List<JsonObject> rows = new ArrayList<>();
        for (Map.Entry<String, Object> host : state.getJsonObject("hosts", new JsonObject())) {
            if (Audience.sees(who, host.getKey(), home) && host.getValue() instanceof JsonObject row) {
                rows.add(JsonObject.of("id", host.getKey()).mergeIn(row, false));
            }
        }
        BoardRoutes.respond(context, wanted.get().answer(rows).encode());
    }

    /** What of the list is asked for; null: whatever it is. */
    private record Wanted(
            @Nullable String id,
            @Nullable String group,
            @Nullable String state,
            @Nullable String text,
            String sort,
            int limit,
            String after) {

        static Optional<Wanted> of(HttpServerRequest request) {
            String limit = Optional.ofNullable(request.getParam("limit")).orElse(Integer.toString(MOST));
            if (!limit.matches("[1-9][0-9]{0,3}") || Integer.parseInt(limit) > MOST) {
                return Optional.empty();
            }
            return Optional.of(new Wanted(
                    request.getParam("id"),
                    request.getParam("group"),
                    request.getParam("state"),
                    request.getParam("q"),
                    Optional.ofNullable(request.getParam("sort")).orElse("id"),
                    Integer.parseInt(limit),
                    Optional.ofNullable(request.getParam("after")).orElse("")));
        }

        JsonObject answer(List<JsonObject> rows) {
            List<JsonObject> fitting =
                    rows.stream().filter(this::fits).sorted(order()).toList();
            long before = fitting.stream()
                            .takeWhile(row -> !row.getString("id").equals(after))
                            .count()
                    + 1;
            JsonArray page = fitting.stream()
                    .skip(after.isEmpty() ? 0 : before)
                    .limit(limit)
                    .collect(Collectors.collectingAndThen(Collectors.toList(), JsonArray::new));
            long live = rows.stream()
                    .filter(row -> row.getString("state", "").equals("live"))
                    .count();
            return JsonObject.of("hosts", page, "count", fitting.size(), "hostCount", rows.size(), "liveCount", live);
        }

        private boolean fits(JsonObject row) {
            return (id == null || id.equals(row.getString("id")))
                    && (group == null || group.equals(row.getString("group", "")))
                    && (state == null || state.equals(row.getString("state")))
                    && (text == null || words(row).contains(text.toLowerCase(Locale.ROOT)));
        }

        private static String words(JsonObject row) {
            return (row.getString("id") + "\n" + row.getString("name", "") + "\n" + row.getString("group", ""))
                    .toLowerCase(Locale.ROOT);
        }

        /** By a figure: the largest first, and what is not known last; else by the id. */
        private Comparator<JsonObject> order() {
            Comparator<JsonObject> byId = Comparator.comparing(row -> row.getString("id"));
            if (sort.equals("id")) {
                return byId;
            }
            Comparator<JsonObject> byFigure = Comparator.comparingDouble(
                    row -> row.getValue(sort) instanceof Number number ? -number.doubleValue() : Double.MAX_VALUE);
            return byFigure.thenComparing(byId);
        }
    }
}
