package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import pulseboard.auth.oidc.Flow;

class PendingLoginsTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // System.nanoTime() may be about to wrap.
    private final PendingLogins pending = new PendingLogins(nanos::get);

    private static Flow flow(Object key) {
        return new Flow(key.toString(), "https://id.example", "state", "nonce", "verifier");
    }

    @Test
    void eachIsHandedOutOnce() {
        pending.put(flow("a"));
        assertEquals(flow("a"), pending.take("a"));
        assertNull(pending.take("a"));
        assertNull(pending.take("b"));
    }

    @Test
    void afterTenMinutesItIsOfNoUse() {
        pending.put(flow("a"));
        pending.put(flow("b"));
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(PendingLogins.MINUTES));
        assertEquals(flow("a"), pending.take("a"));
        nanos.addAndGet(1);
        assertNull(pending.take("b"));
    }

    @Test
    void ofTooManyTheOldestGo() {
        for (int i = 0; i <= PendingLogins.MOST; i++) {
            pending.put(flow(i));
        }
        assertNull(pending.take("0"));
        assertEquals(flow(1), pending.take("1"));
        assertEquals(flow(PendingLogins.MOST), pending.take("" + PendingLogins.MOST));
    }
}
