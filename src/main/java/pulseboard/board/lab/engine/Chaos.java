package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import pulseboard.board.lab.engine.Chunks.Located;
import pulseboard.board.lab.engine.Placement.Mode;

/**
 * Injects faults one after the other, of kinds and into nodes that the seed chooses, while players play and chunks are put; then reads all that was
 * ever acknowledged. Used on one event loop.
 */
final class Chaos {

    private static final long BACK_MILLISECONDS = 60_000;
    private static final long BETWEEN_MILLISECONDS = 500;
    private static final long PUT_MILLISECONDS = 1_000;
    private static final int PUT_BYTES = 50_000;

    private final Vertx vertx;
    private final Engine.Parts parts;
    private final long seed;
    private final SplittableRandom random;
    private final JsonArray faults = new JsonArray();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<Located> acknowledged = new ArrayList<>();
    private final long beganNanos = System.nanoTime();
    private int refused;
    private boolean isAllReal = true;

    Chaos(Vertx vertx, Engine.Parts parts, long seed) {
        this.vertx = vertx;
        this.parts = parts;
        this.seed = seed;
        random = new SplittableRandom(seed);
    }

    /**
     * Goes on so long, and then until the last fault is over.
     *
     * @param each hears of each fault, once it is over
     * @return {@code {"seed","passed","faults":[…],"counts","stalls","put","refused","chunks","unreadable"}}
     */
    Future<JsonObject> run(double seconds, Consumer<JsonObject> each) {
        int stalls = parts.players().stalls();
        acknowledged.addAll(parts.catalogue().chunks().values());
        int before = acknowledged.size();
        long putter = vertx.setPeriodic(PUT_MILLISECONDS, id -> put());
        return parts.cluster()
                .lines(seed)
                .compose(lines -> {
                    parts.players().with(lines);
                    ChaosProbe probe = new ChaosProbe(vertx, parts, lines);
                    ChaosFaults all = new ChaosFaults(parts, probe, random.split());
                    return next(all, probe, seconds, each)
                            .eventually(() -> parts.players().without(lines));
                })
                .onComplete(over -> vertx.cancelTimer(putter))
                .compose(over -> vertx.timer(PUT_MILLISECONDS, TimeUnit.MILLISECONDS))
                .compose(later -> unreadable())
                .map(lost -> new JsonObject()
                        .put("seed", seed)
                        .put("passed", isAllReal && lost.isEmpty() && !faults.isEmpty())
                        .put("faults", faults)
                        .put("counts", new JsonObject(new TreeMap<>(counts)))
                        .put("stalls", parts.players().stalls() - stalls)
                        .put("put", acknowledged.size() - before)
                        .put("refused", refused)
                        .put("chunks", acknowledged.size())
                        .put("unreadable", new JsonArray(lost)))
                .onComplete(done -> parts.uploads().deleteAll("chaos-"));
    }

    private double seconds() {
        return (System.nanoTime() - beganNanos) / 1e9;
    }

    /** Every kind comes once before one comes again. */
    private Future<?> next(ChaosFaults all, ChaosProbe probe, double seconds, Consumer<JsonObject> each) {
        if (seconds() >= seconds) {
            return Future.succeededFuture();
        }
        ChaosFault.Kind[] kinds = ChaosFault.Kind.values();
        ChaosFault.Kind kind = faults.size() < kinds.length
                ? kinds[(faults.size() + (int) (seed & 7)) % kinds.length]
                : kinds[random.nextInt(kinds.length)];
        List<String> nodes = parts.cluster().ids();
        String node = nodes.get(random.nextInt(nodes.size()));
        double at = seconds();
        return all.inject(kind, node)
                .otherwise(why -> new ChaosFault(kind, node, false, kind.text(), String.valueOf(why.getMessage())))
                .compose(fault -> probe.untilTold(() -> isWell(probe, node), BACK_MILLISECONDS)
                        .map(back -> note(fault, at, back)))
                .onSuccess(each::accept)
                .compose(noted -> probe.pause(BETWEEN_MILLISECONDS))
                .compose(later -> next(all, probe, seconds, each));
    }

    private Future<Boolean> isWell(ChaosProbe probe, String node) {
        return probe.answersDirectly(node)
                .compose(direct -> direct ? probe.answersThroughLine(node) : Future.succeededFuture(false))
                .map(answers -> answers && parts.nodes().isUp(node));
    }

    private JsonObject note(ChaosFault fault, double at, long back) {
        JsonObject json = fault.toJson()
                .put("number", faults.size() + 1)
                .put("atSeconds", Round.to(at, 1))
                .put("recoveredMilliseconds", back);
        isAllReal &= fault.isReal() && back >= 0;
        counts.merge(fault.kind().text(), 1, Integer::sum);
        faults.add(json);
        return json.copy();
    }

    private void put() {
        byte[] data = new byte[PUT_BYTES];
        random.split().nextBytes(data);
        String name = "chaos-" + Long.toString(System.currentTimeMillis(), 36);
        Mode mode = acknowledged.size() % 2 == 0 ? Mode.CODED : Mode.REPLICATED;
        parts.uploads()
                .put(new Uploads.Chunk(name, 1, mode, data), "chaos", true)
                .onSuccess(acknowledged::add)
                .onFailure(why -> refused++);
    }

    /** Of all that was acknowledged, what is gone. */
    private Future<List<String>> unreadable() {
        List<String> lost = new ArrayList<>();
        Future<?> all = Future.succeededFuture();
        for (Located chunk : acknowledged) {
            all = all.compose(before -> Chunks.get(
                            chunk, parts.cluster().direct(), parts.cluster().ids(), Chunks.NOBODY))
                    .transform(done -> {
                        if (done.failed()) {
                            lost.add(chunk.name());
                        }
                        return Future.succeededFuture();
                    });
        }
        return all.map(done -> lost);
    }
}
