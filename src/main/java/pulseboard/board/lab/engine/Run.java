package pulseboard.board.lab.engine;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import pulseboard.board.lab.paxos.Accepted;
import pulseboard.board.lab.paxos.Ballot;
import pulseboard.board.lab.paxos.Message;

/** The record of one decision: every message when it was sent or arrived, by the clock of the engine. Nothing in it is made up. */
final class Run {

    private static final int MOST_MESSAGES = 500;

    private final String id;
    private final JsonObject head;
    private final JsonArray messages = new JsonArray();
    private final long beganNanos = System.nanoTime();
    private int counted;

    Run(String id, String chunk, Placement.Mode mode, String scenario) {
        this.id = id;
        head = new JsonObject()
                .put("chunk", chunk)
                .put("mode", mode.name())
                .put("scenario", scenario)
                .put("startedAt", System.currentTimeMillis());
    }

    String id() {
        return id;
    }

    private double milliseconds() {
        return Math.round((System.nanoTime() - beganNanos) / 1e4) / 100.0;
    }

    private void add(JsonObject message) {
        if (messages.size() < MOST_MESSAGES) {
            messages.add(message.put("atMilliseconds", milliseconds()));
        }
    }

    /** A message of Paxos that was sent, or has arrived. */
    void note(Message message, int bytes) {
        counted++;
        JsonObject json = message.toJson();
        Accepted what = message.accepted();
        json.remove("value");
        if (what != null) {
            json.put("uploader", Placement.of(what.value()).uploader());
        }
        Ballot higher = message.promised();
        if (higher != null) {
            json.put("promised", higher.text());
        }
        add(bytes == 0 ? json : json.put("bytes", bytes));
    }

    /** A message that got no answer, and why. */
    void lost(Message message, Throwable why) {
        add(new JsonObject()
                .put("kind", "LOST")
                .put("from", message.to())
                .put("to", message.from())
                .put("ballot", message.ballot().text())
                .put("reason", String.valueOf(why.getMessage())));
    }

    /** What is told after the decision, and is no part of it. */
    void commit(String from, String to, Ballot ballot) {
        add(new JsonObject()
                .put("kind", "COMMIT")
                .put("from", from)
                .put("to", to)
                .put("ballot", ballot.text()));
    }

    /** An uploader has come to an end. */
    void end(String proposer, String outcome, String chosenUploader) {
        add(new JsonObject()
                .put("kind", "END")
                .put("from", proposer)
                .put("to", proposer)
                .put("outcome", outcome)
                .put("uploader", chosenUploader));
        head.put("outcome", outcome)
                .put("chosen", chosenUploader)
                .put("messages", counted)
                .put("milliseconds", milliseconds());
    }

    /** Who takes part. */
    void between(JsonArray proposers, JsonArray acceptors) {
        head.put("proposers", proposers).put("acceptors", acceptors);
    }

    JsonObject head() {
        return head.copy().put("messages", counted);
    }

    JsonObject toJson() {
        return new JsonObject().put("id", id).put("head", head()).put("record", messages.copy());
    }
}
