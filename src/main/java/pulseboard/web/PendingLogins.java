package pulseboard.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import pulseboard.auth.oidc.Flow;

/** Sign-ins that browsers have begun and not come back from. Too old ones are of no use; of too many the oldest go. */
final class PendingLogins {

    static final int MOST = 1000;
    static final int MINUTES = 10;

    private record Begun(Flow flow, long atNanos) {}

    private final LongSupplier nanoClock;
    private final Map<String, Begun> byKey = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Begun> eldest) {
            return size() > MOST;
        }
    };

    PendingLogins(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    void put(Flow flow) {
        byKey.put(flow.key(), new Begun(flow, nanoClock.getAsLong()));
    }

    /** Hands it out, once. */
    @Nullable
    Flow take(String key) {
        Begun begun = byKey.remove(key);
        return begun == null || nanoClock.getAsLong() - begun.atNanos() > TimeUnit.MINUTES.toNanos(MINUTES)
                ? null
                : begun.flow();
    }
}
