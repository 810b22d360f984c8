package pulseboard.load;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Holds the document of every viewer against the server's own snapshot of the same number. */
final class Comparison {

    private static final int ROUNDS = 5;
    private static final int PATIENCE_SECONDS = 12;

    /** One for all, because each keeps its connections open until it is garbage. */
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Crowd crowd;

    /** How many have the same document as the server had at this number, and how many another or none. */
    record Result(long seq, int equal, int different) {}

    private Comparison(Crowd crowd) {
        this.crowd = crowd;
    }

    /** Compares; anew when a viewer was further than the snapshot already. */
    static Result run(Crowd crowd) throws IOException, InterruptedException {
        Comparison comparison = new Comparison(crowd);
        for (int round = 1; ; round++) {
            Document truth = comparison.snapshot();
            crowd.ask(() -> {
                crowd.viewers().forEach(viewer -> viewer.compareWith(truth));
                return true;
            });
            comparison.awaitAll(truth);
            if (round == ROUNDS || crowd.ask(() -> crowd.viewers().stream().noneMatch(each -> each.isPast(truth)))) {
                return crowd.ask(() -> comparison.result(truth));
            }
        }
    }

    private Document snapshot() throws IOException, InterruptedException {
        URI uri = crowd.plan.url().resolve("api/boards/" + crowd.plan.board());
        HttpResponse<String> response =
                CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        return Document.of(new JsonObject(response.body()));
    }

    /** A board says something every 5 s at least. */
    private void awaitAll(Document truth) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (crowd.ask(() -> crowd.viewers().stream().anyMatch(each -> each.isEqual() == null && !each.isPast(truth)))
                && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private Result result(Document truth) {
        List<Viewer> viewers = crowd.viewers();
        int equal = (int) viewers.stream()
                .filter(viewer -> Boolean.TRUE.equals(viewer.isEqual()))
                .count();
        return new Result(truth.seq, equal, viewers.size() - equal);
    }
}
