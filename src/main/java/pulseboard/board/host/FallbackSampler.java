package pulseboard.board.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.machine.MachineSources;

/**
 * Samples from the first sources, and where these fail from {@link MachineSources#fallback}, until the first work again; they
 * are tried each time. Each of the two has a sampler of its own, which starts anew at a switch: no rate is made of counters
 * from two sources. The fallback is not even made while the first sources work.
 */
final class FallbackSampler implements Sampler {

    private static final Logger LOG = LoggerFactory.getLogger(FallbackSampler.class);

    private final MachineSources sources;
    private final Function<MachineSources, Sampler> make;
    private final Sampler first;
    private @Nullable Sampler other;
    private @Nullable String reason;

    FallbackSampler(MachineSources sources, Function<MachineSources, Sampler> make) {
        this.sources = sources;
        this.make = make;
        this.first = make.apply(sources);
    }

    @Override
    public String name() {
        return first.name();
    }

    @Override
    public int intervalSeconds() {
        return first.intervalSeconds();
    }

    @Override
    public JsonObject sample() throws IOException {
        try {
            JsonObject sample = first.sample();
            String missing = first.partReason().orElse(null);
            if (missing == null) {
                if (reason != null) {
                    LOG.info("Sampler {} has its own figures again", name());
                }
                giveUpOther();
                return sample;
            }
            return withMissing(sample, missing);
        } catch (IOException e) {
            first.reset();
            return sampleOther(e, String.valueOf(e.getMessage())).orElseThrow(() -> e);
        } catch (RuntimeException e) {
            first.reset();
            return sampleOther(e, "unexpected: " + e).orElseThrow(() -> e);
        }
    }

    /** What the first has not, each with all that belongs to it, is the other's. */
    private JsonObject withMissing(JsonObject sample, String missing) {
        int before = sample.size();
        sampleOther(new IOException(missing), missing)
                .ifPresent(substitute -> substitute.forEach(member -> {
                    if (!sample.containsKey(member.getKey())) {
                        sample.put(member.getKey(), member.getValue());
                    }
                }));
        if (sample.size() == before) {
            reason = null;
        }
        return sample;
    }

    /** Nothing where the other has no figures either: the reason of the first is then the true one. */
    private Optional<JsonObject> sampleOther(Exception failure, String why) {
        try {
            MachineSources others = sources.fallback().orElse(null);
            if (others == null) {
                return Optional.empty();
            }
            Sampler sampler = other;
            if (sampler == null) {
                sampler = make.apply(others);
                other = sampler;
            }
            JsonObject sample = sampler.sample();
            if (!sample.isEmpty()) {
                if (reason == null) {
                    LOG.warn("Sampler {} takes OSHI's figures: {}", name(), why);
                }
                reason = "OSHI's figures, because " + why;
                return Optional.of(sample);
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            failure.addSuppressed(e);
        }
        giveUpOther();
        return Optional.empty();
    }

    private void giveUpOther() {
        other = null;
        reason = null;
    }

    @Override
    public Optional<String> partReason() {
        return reason == null ? first.partReason() : Optional.empty();
    }

    @Override
    public Optional<String> fallbackReason() {
        return Optional.ofNullable(reason);
    }

    @Override
    public void reset() {
        first.reset();
        if (other != null) {
            other.reset();
        }
    }
}
