package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import pulseboard.board.uploads.config.TriggerConfig;

/** Texts of rclone's log that say that an account has had enough. Times are in Unix milliseconds. Not thread-safe. */
final class Triggers {

    private static final int HOUR = 3_600;

    /** What Drive and S3 say of full accounts, and how long they mean it. */
    private static final Map<String, TriggerConfig> BUILT_IN = Map.of(
            "user-rate", new TriggerConfig("userRateLimitExceeded", 5, HOUR, 25),
            "upload-limit", new TriggerConfig("Received upload limit error", 1, HOUR, 25),
            "daily-limit", new TriggerConfig("dailyLimitExceeded", 1, HOUR, 24),
            "user-rate-text", new TriggerConfig("User rate limit exceeded", 5, HOUR, 25),
            "storage-quota", new TriggerConfig("storageQuotaExceeded", 1, HOUR, 24),
            "team-drive-files", new TriggerConfig("teamDriveFileLimitExceeded", 1, HOUR, 24),
            "s3-quota", new TriggerConfig("QuotaExceeded", 1, HOUR, 24));

    private static final String ENOUGH = "Drive takes no more of it today";

    /** What they mean, by their texts. */
    private static final Map<String, String> WORDS = Map.of(
            "userRateLimitExceeded", ENOUGH,
            "Received upload limit error", ENOUGH,
            "User rate limit exceeded", ENOUGH,
            "dailyLimitExceeded", "Drive answers it no more today",
            "storageQuotaExceeded", "its storage is full",
            "teamDriveFileLimitExceeded", "the shared drive has as many files as it may",
            "QuotaExceeded", "its quota on the server is used up");

    private static final class Watched {
        final TriggerConfig config;
        final String text;
        int count;
        long firstAt;

        Watched(TriggerConfig config) {
            this.config = config;
            text = config.text().toLowerCase(Locale.ROOT);
        }

        long endsAt() {
            return firstAt + TimeUnit.SECONDS.toMillis(config.windowSeconds());
        }
    }

    private final Map<String, Watched> watched = new TreeMap<>();

    /** Those that are built in, and others; one of the same name replaces what is built in. */
    Triggers(Map<String, TriggerConfig> others) {
        Map<String, TriggerConfig> all = new LinkedHashMap<>(BUILT_IN);
        all.putAll(others);
        all.forEach((name, config) -> watched.put(name, new Watched(config)));
    }

    /** Whether it is the quota of a server, which looks at each request alone. */
    static boolean isOfServer(TriggerConfig trigger) {
        return trigger.text().equals("QuotaExceeded");
    }

    /** Why an account rests, in words. */
    static String why(TriggerConfig trigger) {
        String said = "rclone says “" + trigger.text() + "”";
        String words = WORDS.get(trigger.text());
        return words == null ? said : words + "; " + said;
    }

    /** What rclone has said; returns the trigger that this was the last straw for. */
    Optional<TriggerConfig> heard(String message, long now) {
        String said = message.toLowerCase(Locale.ROOT);
        Optional<TriggerConfig> fired = Optional.empty();
        for (Watched each : watched.values()) {
            if (said.contains(each.text) && counts(each, now)) {
                fired = Optional.of(each.config);
            }
        }
        return fired;
    }

    private static boolean counts(Watched each, long now) {
        if (each.count == 0 || now >= each.endsAt()) {
            each.count = 0;
            each.firstAt = now;
        }
        each.count++;
        if (each.count < each.config.count()) {
            return false;
        }
        each.count = 0;
        return true;
    }

    /** Those that count something now, with how many there are in all. */
    JsonObject toJson(long now) {
        JsonObject json = new JsonObject();
        watched.forEach((name, each) -> {
            boolean isOpen = each.count > 0 && now < each.endsAt();
            JsonObject entry = new JsonObject()
                    .put("text", each.config.text())
                    .put("count", isOpen ? each.count : 0)
                    .put("needed", each.config.count())
                    .put("windowSeconds", each.config.windowSeconds())
                    .put("suspendHours", each.config.suspendHours());
            json.put(name, isOpen ? entry.put("windowEndsAt", each.endsAt()) : entry);
        });
        return json;
    }
}
