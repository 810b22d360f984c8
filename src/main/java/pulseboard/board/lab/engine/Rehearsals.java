package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import pulseboard.board.lab.engine.Placement.Mode;

/**
 * The three scenarios of the page {@code consensus}. Each is executed: real uploaders, three real nodes, real disks. Only the order in which
 * requests go out is forced, so that what is to be shown happens.
 */
final class Rehearsals {

    /** Their names. */
    static final List<String> NAMES = List.of("normal", "two_uploaders", "node_down");

    private static final String FIRST = "uploader-1";
    private static final String SECOND = "uploader-2";

    private final Cluster cluster;
    private final Uploads uploads;
    private final Runs runs;
    private long number = System.currentTimeMillis();

    Rehearsals(Cluster cluster, Uploads uploads, Runs runs) {
        this.cluster = cluster;
        this.uploads = uploads;
        this.runs = runs;
    }

    /** Executes one; gives its record. */
    Future<JsonObject> run(String name) {
        String chunk = "lesson-" + Long.toString(number++, 36);
        List<String> nodes = Placement.nodes(chunk, Mode.REPLICATED, cluster.ids());
        Run run = runs.begin(chunk, Mode.REPLICATED, name);
        Future<?> done = switch (name) {
            case "normal" -> uploads.decide(chunk(chunk, 1), terms(FIRST, true, run, new Order(List.of())));
            case "two_uploaders" -> two(chunk, nodes, run);
            case "node_down" -> down(chunk, nodes, run);
            default ->
                throw new Refused(404, "unknown_scenario", "there is no such scenario; those there are: " + NAMES);
        };
        // Commits, and what is late, arrive after the decision.
        return done.transform(ended -> cluster.pause(300)).map(later -> {
            runs.end(run);
            return run.toJson();
        });
    }

    private static Uploads.Chunk chunk(String name, int uploader) {
        byte[] bytes = String.format(Locale.ROOT, "The bytes of uploader %d.", uploader)
                .repeat(2_000)
                .getBytes(StandardCharsets.UTF_8);
        return new Uploads.Chunk(name, 1, Mode.REPLICATED, bytes);
    }

    private static Decision.Terms terms(String name, boolean isOwner, Run run, Order order) {
        return new Decision.Terms(name, isOwner, run, order);
    }

    /** The first reaches two nodes before the second asks; its third request comes late. */
    private Future<?> two(String chunk, List<String> nodes, Run run) {
        Order order = new Order(List.of(
                "ACCEPT " + FIRST + " " + nodes.get(0),
                "PREPARE " + SECOND + " " + nodes.get(2),
                "ACCEPT " + FIRST + " " + nodes.get(1),
                "PREPARE " + SECOND + " " + nodes.get(1),
                "ACCEPT " + FIRST + " " + nodes.get(2)));
        Future<?> first = uploads.decide(chunk(chunk, 1), terms(FIRST, true, run, order));
        Future<?> second = uploads.decide(chunk(chunk, 2), terms(SECOND, false, run, order));
        run.between(new JsonArray().add(FIRST).add(SECOND), new JsonArray(nodes));
        return Future.join(first, second);
    }

    /** One of the three is killed before, and started again after. */
    private Future<?> down(String chunk, List<String> nodes, Run run) {
        NodeProcess victim = cluster.node(nodes.get(2));
        return victim.kill()
                .compose(killed -> uploads.decide(chunk(chunk, 1), terms(FIRST, true, run, new Order(List.of()))))
                .eventually(victim::start);
    }
}
