package pulseboard.load;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import pulseboard.feed.Change;

/** Parses what arrives: each distinct sequence of bytes once, however many viewers it comes to. */
final class Messages {

    private static final int KEPT = 16;

    private static final class Parsed {
        private final byte[] bytes;
        private final List<Event> events;

        Parsed(byte[] bytes, List<Event> events) {
            this.bytes = bytes;
            this.events = events;
        }
    }

    private final Deque<Parsed> recent = new ArrayDeque<>();

    List<Event> parse(byte[] bytes, int from, int to) {
        for (Parsed each : recent) {
            if (Arrays.equals(each.bytes, 0, each.bytes.length, bytes, from, to)) {
                return each.events;
            }
        }
        Parsed parsed = new Parsed(
                Arrays.copyOfRange(bytes, from, to),
                events(new String(bytes, from, to - from, StandardCharsets.UTF_8)));
        recent.addFirst(parsed);
        if (recent.size() > KEPT) {
            recent.removeLast();
        }
        return parsed.events;
    }

    private static List<Event> events(String text) {
        List<Event> events = new ArrayList<>();
        if (text.startsWith("{")) {
            addEnvelope(new JsonObject(text), events);
        } else if (text.startsWith("a[")) {
            new JsonArray(text.substring(1)).forEach(each -> addEnvelope(new JsonObject((String) each), events));
        } else if (text.startsWith("c[")) {
            events.add(new Event.Complaint(text));
        } else if (text.contains("\ndata: ")) {
            addBody(new JsonObject(text.substring(text.indexOf("\ndata: ") + 7)), events);
        } // SockJS has two more, "o" and "h", which say nothing.
        return List.copyOf(events);
    }

    private static void addEnvelope(JsonObject envelope, List<Event> events) {
        if (envelope.getString("type").equals("rec")) {
            addBody(envelope.getJsonObject("body"), events);
        } else {
            events.add(new Event.Complaint(envelope.encode()));
        }
    }

    private static void addBody(JsonObject body, List<Event> events) {
        if (body.containsKey("patch")) {
            events.add(new Event.Step(new Change(
                    body.getString("epoch"), body.getLong("seq"), body.getLong("at"), body.getJsonObject("patch"))));
        } else if (body.containsKey("state")) {
            events.add(new Event.Whole(Document.of(body)));
        } else {
            events.add(new Event.Complaint(body.encode()));
        }
    }
}
