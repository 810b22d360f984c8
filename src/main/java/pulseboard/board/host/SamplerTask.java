package pulseboard.board.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.machine.TimedTask;

/**
 * One sampler, when it is due, and how it fared. Run on a sampler thread, asked from the verticle's; it is due again only
 * when it has come back, so a hanging one costs one thread and no more.
 */
final class SamplerTask implements TimedTask {

    private static final Logger LOG = LoggerFactory.getLogger(SamplerTask.class);
    private static final long[] STEPS_MILLISECONDS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000};

    private static final long TOLERANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Sampler sampler;
    private final long intervalNanos;
    private final Deadband steady = new Deadband();
    private boolean running;
    private long dueNanos = System.nanoTime();
    private JsonObject result = new JsonObject();
    private @Nullable String failure;
    private boolean hasWorked;
    private @Nullable String partReason;
    private Optional<String> fallbackReason = Optional.empty();
    private long slowestNanos;
    private long slowestUntilNanos;

    SamplerTask(Sampler sampler) {
        this.sampler = sampler;
        this.intervalNanos = TimeUnit.SECONDS.toNanos(sampler.intervalSeconds());
    }

    String name() {
        return sampler.name();
    }

    /** Whether it is time, give or take what a timer is late, and it is not still under way. */
    synchronized boolean isDue(long nowNanos) {
        return !running && dueNanos - nowNanos < TOLERANCE_NANOS;
    }

    /** Samples, whatever comes of it. */
    @Override
    public void run() {
        long start = begin();
        try {
            JsonObject sample = sampler.sample();
            // One that runs rarely has little to save, and would show an old figure for long.
            end(start, sampler.intervalSeconds() == 0 ? steady.apply(sample) : sample, null);
            tellPart(sampler.partReason().orElse(null));
        } catch (IOException e) {
            end(start, new JsonObject(), e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.debug("Sampler {} failed", sampler.name(), e);
            end(start, new JsonObject(), "unexpected: " + e);
        }
    }

    private synchronized long begin() {
        running = true;
        long start = System.nanoTime();
        dueNanos = Math.max(dueNanos + intervalNanos, start);
        return start;
    }

    private synchronized void end(long startNanos, JsonObject sample, @Nullable String reason) {
        running = false;
        result = sample;
        fallbackReason = sampler.fallbackReason();
        long nowNanos = System.nanoTime();
        long took = nowNanos - startNanos;
        if (took >= slowestNanos || nowNanos - slowestUntilNanos > 0) {
            slowestNanos = took;
            slowestUntilNanos = nowNanos + TimeUnit.MINUTES.toNanos(1);
        }
        fail(reason);
    }

    private synchronized void tellPart(@Nullable String reason) {
        if (reason != null && partReason == null) {
            LOG.warn("A part of sampler {} is not available: {}", sampler.name(), reason);
        }
        partReason = reason;
    }

    /** Says that it did not come back in time. What it showed before is no longer true, so it goes. */
    @Override
    public synchronized void late(long deadlineMilliseconds) {
        if (running) {
            result = new JsonObject();
            fail("no answer within " + deadlineMilliseconds + " ms");
        }
    }

    private void fail(@Nullable String reason) {
        if (reason != null && failure == null) {
            LOG.warn("Sampler {} is not available: {}", sampler.name(), reason);
        } else if (reason == null && failure != null) {
            LOG.info("Sampler {} is available again", sampler.name());
        }
        failure = reason;
        hasWorked |= reason == null;
    }

    /** The subject's part of the state; absent when there is nothing to show. */
    synchronized Optional<JsonObject> result() {
        return result.isEmpty() ? Optional.empty() : Optional.of(result);
    }

    /**
     * How it fares: {@code ok}; then {@code ms}, how long its slowest sample of the last minute took, rounded up to 1, 2,
     * 5, 10 and so on so that it stands still, and {@code reason} where a part is missing; or else {@code reason}, and {@code
     * failed} when it worked before.
     * Figures that come from OSHI because the kernel's files failed have {@code source} and {@code reason}.
     */
    synchronized JsonObject meta() {
        JsonObject meta = new JsonObject().put("ok", failure == null);
        if (failure != null) {
            return (hasWorked ? meta.put("failed", true) : meta).put("reason", failure);
        }
        if (partReason != null) {
            meta.put("reason", partReason);
        }
        fallbackReason.ifPresent(why -> meta.put("source", HostConfig.OSHI).put("reason", why));
        long milliseconds = TimeUnit.NANOSECONDS.toMillis(slowestNanos);
        for (long step : STEPS_MILLISECONDS) {
            if (milliseconds < step) {
                return meta.put("ms", step);
            }
        }
        return meta.put("ms", milliseconds);
    }
}
