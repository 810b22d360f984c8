package pulseboard.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Whether a channel works, and how many messages it has had: what is more than a person reads becomes a digest. Not thread-safe. */
final class ChannelState {

    /** For how long messages are counted, and how often there is a digest. */
    static final long SPAN = TimeUnit.MINUTES.toMillis(10);

    private static final int MOST = 20;
    private static final int FAILURES_TO_TELL = 2;
    private static final int MOST_REASON = 500;

    private final Deque<Long> recent = new ArrayDeque<>();
    private final Set<String> digest = new LinkedHashSet<>();
    private long digestAt = Long.MAX_VALUE;
    private int digestCount;
    private int failures;
    private long since;
    private String reason = "";
    private String toldTo = "";
    private String answer = "";

    boolean isOk() {
        return failures == 0;
    }

    /** Since when it works or fails, in Unix milliseconds; 0 when it was not used yet. */
    long since() {
        return since;
    }

    String reason() {
        return reason;
    }

    /** The channel that was told that this one fails; empty while none was. */
    String toldTo() {
        return toldTo;
    }

    void toldTo(String other) {
        toldTo = other;
    }

    /** It took a message. Whether it did not take the one before. */
    boolean works(String newest, long now) {
        boolean wasFailing = failures > 0;
        since = wasFailing || since == 0 ? now : since;
        failures = 0;
        reason = "";
        answer = cut(newest);
        return wasFailing;
    }

    /** It did not take a message. Whether that is no accident any more. */
    boolean fails(String why, boolean isForGood, long now) {
        since = failures == 0 ? now : since;
        failures++;
        reason = cut(why);
        return isForGood || failures >= FAILURES_TO_TELL;
    }

    private static String cut(String text) {
        return text.length() <= MOST_REASON ? text : text.substring(0, MOST_REASON - 1) + "…";
    }

    /** Whether the next message has to wait for the digest. */
    boolean isFull(long now) {
        recent.removeIf(at -> at <= now - SPAN || at > now);
        return recent.size() >= MOST || !digest.isEmpty();
    }

    /** Keeps a message about these alerts for the digest. */
    void keep(Set<String> alerts, long now) {
        if (digest.isEmpty()) {
            digestAt = now + SPAN;
        }
        digest.addAll(alerts);
        digestCount++;
    }

    /** Whether the digest will tell of an alert. */
    boolean isKept(String alert) {
        return digest.contains(alert);
    }

    /** When the digest is due. */
    long digestAt() {
        return digestAt;
    }

    /** No digest waits longer than this, such as after the clock was put back. */
    void hasten(long latest) {
        if (!digest.isEmpty()) {
            digestAt = Math.min(digestAt, latest);
        }
    }

    /** How many messages wait for the digest. */
    int digestCount() {
        return digestCount;
    }

    /** Takes out what the digest tells of. */
    Set<String> takeDigest() {
        Set<String> taken = new LinkedHashSet<>(digest);
        digest.clear();
        digestAt = Long.MAX_VALUE;
        digestCount = 0;
        return taken;
    }

    /** A message was made. */
    void count(long now) {
        recent.addLast(now);
    }

    /** For the board. */
    JsonObject toBoard(int waiting) {
        JsonObject json = JsonObject.of("ok", isOk(), "waitingCount", waiting);
        if (since != 0) {
            json.put("since", since);
        }
        return isOk() ? json : json.put("reason", reason);
    }

    JsonObject toJson() {
        return JsonObject.of("failures", failures, "since", since, "reason", reason, "toldTo", toldTo)
                .put("answer", answer)
                .put("recent", new JsonArray(recent.stream().toList()))
                .put("digest", new JsonArray(digest.stream().toList()))
                .put("digestAt", digestAt)
                .put("digestCount", digestCount);
    }

    static ChannelState of(JsonObject json) {
        ChannelState state = new ChannelState();
        state.failures = json.getInteger("failures", 0);
        state.since = json.getLong("since", 0L);
        state.reason = json.getString("reason", "");
        state.toldTo = json.getString("toldTo", "");
        state.answer = json.getString("answer", "");
        json.getJsonArray("recent", new JsonArray()).forEach(each -> state.recent.add(((Number) each).longValue()));
        json.getJsonArray("digest", new JsonArray()).forEach(each -> state.digest.add((String) each));
        state.digestAt = json.getLong("digestAt", Long.MAX_VALUE);
        state.digestCount = json.getInteger("digestCount", 0);
        return state;
    }
}
