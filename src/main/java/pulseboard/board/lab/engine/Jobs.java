package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import pulseboard.board.lab.judge.Comparison;
import pulseboard.board.lab.player.Scenario;
import pulseboard.board.lab.player.Scheduler;

/** Benchmarks and chaos on the cluster of a board: one of them at a time, in the background. Used on one event loop. */
final class Jobs {

    private static final int MOST_SECONDS = 1_800;
    private static final int MOST_FAULTS = 200;
    private static final int MOST_PAIRS = 2_000;

    private final Vertx vertx;
    private final Engine.Parts parts;
    private JsonObject bench = new JsonObject();
    private JsonObject chaos = new JsonObject();
    private JsonObject comparison = new JsonObject();
    private boolean isRunning;
    private boolean isComparing;

    Jobs(Vertx vertx, Engine.Parts parts) {
        this.vertx = vertx;
        this.parts = parts;
    }

    private void begin() {
        if (isRunning) {
            throw new Refused(409, "already_running", "benchmarks or chaos are under way; only one of them at a time");
        }
        isRunning = true;
    }

    /** Begins all benchmarks, or {@code tests}: names separated by commas. */
    Future<JsonObject> bench(JsonObject body) {
        String names = body.getString("tests", "");
        List<Benchmark> which = Arrays.stream(Benchmark.values())
                .filter(each -> names.isEmpty() || List.of(names.split(",", -1)).contains(each.text()))
                .toList();
        if (which.isEmpty()) {
            throw new Refused(
                    404, "unknown_benchmark", "there is no such benchmark; those there are: " + Benchmark.names());
        }
        begin();
        long seed = body.getLong("seed", 1L);
        bench = new JsonObject().put("state", "running").put("seed", seed).put("startedAt", System.currentTimeMillis());
        JsonObject lines = waiting(which);
        bench.put("lines", lines);
        Bench run = new Bench(vertx, parts, seed);
        run.prepare()
                .compose(ready -> run.run(
                        which, result -> lines.put(String.valueOf(result.what().number()), result.toJson())))
                .onComplete(done -> {
                    isRunning = false;
                    bench.put("state", done.succeeded() ? "done" : "failed");
                    if (done.failed()) {
                        bench.put("message", String.valueOf(done.cause().getMessage()));
                    }
                })
                .eventually(run::clear);
        return Future.succeededFuture(new JsonObject());
    }

    private static JsonObject waiting(List<Benchmark> which) {
        JsonObject lines = new JsonObject();
        which.forEach(what -> lines.put(
                String.valueOf(what.number()),
                new JsonObject()
                        .put("name", what.text())
                        .put("description", what.description())
                        .put("unit", what.unit())
                        .put("target", what.target())
                        .put("state", "waiting")));
        return lines;
    }

    /** Begins {@code seconds} of chaos by {@code seed}. */
    Future<JsonObject> chaos(JsonObject body) {
        int seconds = body.getInteger("seconds", 120);
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw new Refused(400, "bad_parameter", "seconds must be from 1 to " + MOST_SECONDS);
        }
        begin();
        long seed = body.getLong("seed", 1L);
        JsonObject faults = new JsonObject();
        chaos = new JsonObject()
                .put("state", "running")
                .put("seed", seed)
                .put("seconds", seconds)
                .put("startedAt", System.currentTimeMillis())
                .put("faults", faults);
        new Chaos(vertx, parts, seed)
                .run(seconds, fault -> {
                    if (faults.size() < MOST_FAULTS) {
                        faults.put(String.valueOf(fault.remove("number")), fault);
                    }
                })
                .onSuccess(report -> chaos.put("state", "done")
                        .put("passed", report.getBoolean("passed"))
                        .put("stalls", report.getInteger("stalls"))
                        .put("put", report.getInteger("put"))
                        .put("refused", report.getInteger("refused"))
                        .put("chunks", report.getInteger("chunks"))
                        .put(
                                "unreadable",
                                report.getJsonArray("unreadable", new JsonArray())
                                        .size()))
                .onFailure(why -> chaos.put("state", "failed").put("message", String.valueOf(why.getMessage())))
                .onComplete(done -> isRunning = false);
        return Future.succeededFuture(new JsonObject());
    }

    /** Begins to play {@code pairs} of each scenario in simulated time, {@code first} beside {@code second}. */
    Future<JsonObject> compare(JsonObject body) {
        int pairs = body.getInteger("pairs", 200);
        if (pairs < 6 || pairs > MOST_PAIRS) {
            throw new Refused(400, "bad_parameter", "pairs must be from 6 to " + MOST_PAIRS);
        }
        Comparison.Setting setting = new Comparison.Setting(
                Measurements.setup(),
                Players.oneOf(Scheduler.Kind.class, "first", body.getString("first", "score")),
                Players.oneOf(Scheduler.Kind.class, "second", body.getString("second", "round_robin")),
                parts.cluster().ids());
        if (isComparing) {
            throw new Refused(409, "already_running", "a comparison is under way");
        }
        isComparing = true;
        long seed = body.getLong("seed", 1L);
        JsonObject scenarios = new JsonObject();
        comparison = new JsonObject()
                .put("state", "running")
                .put("first", setting.first().text())
                .put("second", setting.second().text())
                .put("pairs", pairs)
                .put("seed", seed)
                .put("scenarios", scenarios);
        Future<?> all = Future.succeededFuture();
        for (String name : Scenario.NAMES) {
            all = all.compose(before -> vertx.executeBlocking(() -> simulate(setting, name, pairs, seed)))
                    .onSuccess(said -> scenarios.put(name, said));
        }
        all = all.compose(before -> vertx.executeBlocking(() -> simulate(setting.control(), "chaos", pairs, seed)))
                .onSuccess(said -> comparison.put("control", said));
        all.onComplete(done -> {
            isComparing = false;
            comparison.put("state", done.succeeded() ? "done" : "failed");
        });
        return Future.succeededFuture(new JsonObject());
    }

    private static JsonObject simulate(Comparison.Setting setting, String name, int pairs, long seed) {
        List<Comparison.Pair> played =
                Comparison.simulate(setting, each -> Scenario.of(name, setting.nodes(), each), seed, pairs);
        JsonObject json = new JsonObject();
        Comparison.judge(played, seed).forEach((metric, difference) -> json.put(metric, difference.toJson()));
        return json;
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("comparison", comparison.copy())
                .put("bench", bench.copy())
                .put("chaos", chaos.copy());
    }
}
