package pulseboard;

import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import pulseboard.feed.MergePatch;

/** A viewer of one board of a running program, by its stream: keeps the document, and fails when a change is missing. */
final class StreamViewer {

    private static final int PATIENCE_SECONDS = 120;
    private static final JsonObject END = new JsonObject();

    private final BlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();
    private JsonObject document = new JsonObject();
    private int snapshots;

    /** Watches from now on; returns when it has the snapshot. */
    StreamViewer(URI server, String board) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/boards/" + board + "/stream"))
                .build();
        HttpResponse<Stream<String>> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines());
        Thread reader = new Thread(() -> read(response.body()), "viewer");
        reader.setDaemon(true);
        reader.start();
        next();
    }

    private void read(Stream<String> lines) {
        try {
            lines.filter(line -> line.startsWith("data: "))
                    .forEach(line -> events.add(new JsonObject(line.substring("data: ".length()))));
        } catch (UncheckedIOException ended) {
            // Without a farewell.
        }
        events.add(END);
    }

    /** The next event, a change or a snapshot, which has been added to the document. */
    JsonObject next() throws InterruptedException {
        JsonObject event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (event == null || event.isEmpty()) {
            throw new AssertionError((event == null ? "nothing came" : "the stream ended") + " after " + document);
        }
        if (event.containsKey("state")) {
            snapshots++;
            document = event.copy();
            return event;
        }
        if (!event.getString("epoch").equals(document.getString("epoch")) || event.getLong("seq") != seq() + 1) {
            throw new AssertionError(event + " is not the change after " + document);
        }
        document.put("seq", event.getLong("seq")).put("at", event.getLong("at"));
        document.put("state", MergePatch.apply(state(), event.getValue("patch")));
        return event;
    }

    /** Takes events until the state is as wanted, and returns it. */
    JsonObject awaitState(Predicate<JsonObject> wanted) throws InterruptedException {
        while (!wanted.test(state())) {
            next();
        }
        return state();
    }

    /** Takes what has come, without waiting for more. */
    void catchUp() throws InterruptedException {
        while (!events.isEmpty()) {
            next();
        }
    }

    /** Waits until the server has ended the stream; whatever came before that is dropped. */
    void awaitEnd() throws InterruptedException {
        for (JsonObject event = END.copy().put("n", 0); !event.isEmpty(); ) {
            JsonObject taken = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (taken == null) {
                throw new AssertionError("the stream did not end");
            }
            event = taken;
        }
    }

    JsonObject state() {
        return document.getJsonObject("state");
    }

    String epoch() {
        return document.getString("epoch");
    }

    long seq() {
        return document.getLong("seq");
    }

    /** When the newest change was made, by the program's clock. */
    long at() {
        return document.getLong("at");
    }

    /** How many snapshots there were: 1, and 1 more each time that it had missed something. */
    int snapshots() {
        return snapshots;
    }
}
