package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalInt;
import java.util.OptionalLong;
import pulseboard.board.uploads.config.LimitTable;
import pulseboard.board.uploads.config.UploadsConfig;

/**
 * How fast an uploader may go: the smallest of what an operator, the timetable and the streams that are watched allow. Times are in Unix
 * milliseconds. Thread-safe.
 */
public final class Throttle {

    /**
     * A limit.
     *
     * @param bytesPerSecond 0: none
     * @param why {@code schedule}, {@code operator} or {@code streams: 3}; empty where there is none
     */
    public record Limit(long bytesPerSecond, String why) {

        /** No limit. */
        public static final Limit NONE = new Limit(0, "");

        private Limit smaller(OptionalLong other, String itsWhy) {
            boolean isSmaller = other.isPresent() && (bytesPerSecond == 0 || other.getAsLong() < bytesPerSecond);
            return isSmaller ? new Limit(Math.max(1, other.getAsLong()), itsWhy) : this;
        }

        /** As rclone writes it. */
        String rate() {
            return bytesPerSecond == 0 ? "off" : bytesPerSecond + "B";
        }
    }

    private final LimitTable timetable;
    private final LimitTable streamTable;
    private final ZoneId zone;
    private final boolean hasStreams;
    private OptionalInt streams = OptionalInt.empty();
    private long operatorLimit;
    private long operatorUntil;

    /** By the settings; the operator has said nothing yet. */
    public Throttle(UploadsConfig config) {
        timetable = LimitTable.ofTimes("uploads.timetable", config.timetable());
        streamTable = LimitTable.ofCounts("uploads.streamsLimits", config.streamsLimits());
        zone = UploadsConfig.zone("uploads.timeZone", config.timeZone());
        hasStreams = !config.streamsUrl().isEmpty();
    }

    /** What an operator allows until then; 0: whatever else holds. */
    public synchronized void operator(long bytesPerSecond, long until) {
        operatorLimit = bytesPerSecond;
        operatorUntil = until;
    }

    /** So many streams are watched; empty: nobody could be asked, which counts as the most that the table knows. */
    public synchronized void streams(OptionalInt count) {
        streams = count;
    }

    /** Says what holds now, if anything does. */
    void addTo(JsonObject json, long now) {
        Limit limit = now(now);
        if (limit.bytesPerSecond() > 0) {
            json.put(
                    "bandwidth",
                    new JsonObject()
                            .put("limitBytesPerSecond", limit.bytesPerSecond())
                            .put("why", limit.why()));
        }
    }

    /** What holds now. */
    public synchronized Limit now(long now) {
        int second = Instant.ofEpochMilli(now).atZone(zone).toLocalTime().toSecondOfDay();
        Limit limit = Limit.NONE.smaller(timetable.at(second), "schedule");
        if (hasStreams) {
            OptionalLong allowed = streams.isPresent() ? streamTable.at(streams.getAsInt()) : streamTable.last();
            limit = limit.smaller(allowed, streams.isPresent() ? "streams: " + streams.getAsInt() : "streams: unknown");
        }
        OptionalLong operator =
                operatorLimit > 0 && now < operatorUntil ? OptionalLong.of(operatorLimit) : OptionalLong.empty();
        return limit.smaller(operator, "operator");
    }
}
