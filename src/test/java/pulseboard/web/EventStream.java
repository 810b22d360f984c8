package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.core.parsetools.RecordParser;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A client of Server-Sent Events that can stop reading. */
final class EventStream {

    /** One event; its id is checked when it is taken. */
    record Event(String name, String id, JsonObject data) {}

    final HttpClientResponse response;
    private final HttpClient client;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> farewells = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonObject> values = new LinkedBlockingQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    private EventStream(HttpClient client, HttpClientResponse response) {
        this.client = client;
        this.response = response;
    }

    static EventStream open(Site site, String board) {
        return open(site, board, "");
    }

    /** With a token, if it is not empty. */
    static EventStream open(Site site, String board, String token) {
        HttpClient client = site.vertx.createHttpClient(new HttpClientOptions().setReceiveBufferSize(8192));
        return Wait.on(client.request(HttpMethod.GET, site.port, "127.0.0.1", "/api/boards/" + board + "/stream")
                // Inside of compose, on the event loop: from this thread the handler could come after the first data.
                .compose(request -> (token.isEmpty() ? request : request.putHeader("Authorization", "Bearer " + token))
                        .send()
                        .map(response -> new EventStream(client, response).parsing())));
    }

    /** The events of a single value, as nobody known gets them. */
    static EventStream ofValue(Vertx vertx, int port, String value) {
        HttpClient client = vertx.createHttpClient();
        return Wait.on(client.request(HttpMethod.GET, port, "127.0.0.1", "/api/v1/values/" + value + "/stream")
                .compose(request -> request.send().map(response -> new EventStream(client, response).parsing())));
    }

    private EventStream parsing() {
        RecordParser parser = RecordParser.newDelimited("\n\n", this::take);
        response.exceptionHandler(ended -> {});
        response.handler(data -> {
            bytes.addAndGet(data.length());
            parser.handle(data);
        });
        return this;
    }

    private void take(Buffer block) {
        String[] lines = block.toString().split("\n", -1);
        if (lines[0].equals("event: value")) {
            values.add(new JsonObject(value(lines[1], "data: ")));
            return;
        }
        if (lines[0].startsWith("retry: ")) {
            farewells.add(value(lines[1], "event: "));
            return;
        }
        if (lines.length == 2) {
            farewells.add(value(lines[0], "event: "));
            return;
        }
        assertEquals(3, lines.length);
        events.add(new Event(
                value(lines[0], "event: "), value(lines[1], "id: "), new JsonObject(value(lines[2], "data: "))));
    }

    private static String value(String line, String field) {
        assertEquals(field, line.substring(0, field.length()));
        return line.substring(field.length());
    }

    Event next() {
        Event event = Wait.next(events, "event");
        assertEquals(event.data().getString("epoch") + "-" + event.data().getLong("seq"), event.id());
        return event;
    }

    JsonObject nextValue() {
        return Wait.next(values, "value");
    }

    /** The name of the event without an id, which comes last. */
    String last() {
        return Wait.next(farewells, "last event");
    }

    boolean hasNext() {
        return !events.isEmpty();
    }

    long bytes() {
        return bytes.get();
    }

    void close() {
        Wait.on(client.close());
    }
}
