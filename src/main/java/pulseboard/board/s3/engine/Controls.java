package pulseboard.board.s3.engine;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import pulseboard.board.s3.JobConfig;
import pulseboard.board.s3.S3Config;
import pulseboard.engine.RateLimit;

/** What a run is told while it is under way: stop, pause, how fast, with how many workers, and answers to its question. Thread-safe. */
final class Controls {

    private static final long LOOK_MILLISECONDS = 100;

    private final S3Config config;
    private final JobConfig job;
    private final RateLimit limit = new RateLimit();
    private volatile boolean isStopping;
    private volatile boolean isPaused;
    private int shares = 1;
    private long told = -1;
    private long toldUntil = Long.MAX_VALUE;
    private OptionalInt workers = OptionalInt.empty();
    private String question = "";
    private @Nullable Boolean answer;

    Controls(S3Config config, JobConfig job) {
        this.config = config;
        this.job = job;
        refresh(System.currentTimeMillis());
    }

    boolean isStopping() {
        return isStopping;
    }

    void stop() {
        isStopping = true;
    }

    boolean isPaused() {
        return isPaused;
    }

    void pause(boolean isToRest) {
        isPaused = isToRest;
    }

    RateLimit limit() {
        return limit;
    }

    /** How many workers somebody wants; nothing: as many as are good. */
    synchronized OptionalInt workers() {
        return workers;
    }

    synchronized void workers(OptionalInt count) {
        workers = count;
    }

    /** Somebody wants this limit, 0 for none, until then instead of that of the settings; below 0: no more. */
    synchronized void limit(long bytesPerSecond, long untilMilliseconds) {
        told = bytesPerSecond;
        toldUntil = untilMilliseconds;
        refresh(System.currentTimeMillis());
    }

    /** So many runs share what is allowed to all. */
    synchronized void share(int runs) {
        shares = Math.max(1, runs);
        refresh(System.currentTimeMillis());
    }

    /** Limits come and go with the time of day. */
    synchronized void refresh(long now) {
        if (now >= toldUntil) {
            told = -1;
            toldUntil = Long.MAX_VALUE;
        }
        limit.set(
                told >= 0
                        ? told
                        : smaller(job.limitBytesPerSecond(), config.limitAt(Instant.ofEpochMilli(now)) / shares));
    }

    private static long smaller(long one, long other) {
        return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
    }

    /** What this process asks somebody; empty: nothing. */
    synchronized String question() {
        return question;
    }

    /** Whether that was what it asked. */
    synchronized boolean answer(String to, boolean isYes) {
        if (question.isEmpty() || !question.equals(to)) {
            return false;
        }
        answer = isYes;
        notifyAll();
        return true;
    }

    /** Asks, and waits for so long; nothing is no. */
    synchronized boolean ask(String id, long milliseconds) throws InterruptedException {
        question = id;
        answer = null;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        while (answer == null && !isStopping && System.nanoTime() - end < 0) {
            wait(LOOK_MILLISECONDS);
        }
        question = "";
        return Boolean.TRUE.equals(answer);
    }

    /** Does what a line of the socket says; what it does not know it lets be. */
    void obey(JsonObject line) {
        switch (line.getString("command", "")) {
            case "stop" -> stop();
            case "pause" -> pause(true);
            case "resume" -> pause(false);
            case "share" -> share(line.getInteger("of", 1));
            case "limit" ->
                limit(line.getLong("bytesPerSecond", -1L), line.getLong("untilMilliseconds", Long.MAX_VALUE));
            case "workers" ->
                workers(line.containsKey("count") ? OptionalInt.of(line.getInteger("count")) : OptionalInt.empty());
            case "confirm" -> answer(line.getString("question", ""), line.getBoolean("answer", false));
            default -> {}
        }
    }
}
