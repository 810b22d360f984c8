package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import pulseboard.auth.oidc.Flow;

class PendingLoginsTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // System.nanoTime() may be about to wrap.
    private final PendingLogins pending = new PendingLogins(nanos::get);

    private static Flow flow(Object state) {
        return new Flow("https://id.example", state.toString(), "nonce", "verifier");
    }

    private static Flow back(Object state) {
        return new Flow("", state.toString(), "nonce", "verifier");
    }

    @Test
    void whatABrowserBeganComesBackWithItsCookie() {
        assertEquals(back("a"), pending.take(pending.seal(flow("a"))));
        assertNotEquals(pending.seal(flow("a")), pending.seal(flow("a")));
    }

    @Test
    void eachIsHandedOutOnce() {
        String cookie = pending.seal(flow("a"));
        assertEquals(back("a"), pending.take(cookie));
        assertNull(pending.take(cookie));
    }

    @Test
    void afterTenMinutesItIsOfNoUse() {
        String cookie = pending.seal(flow("a"));
        String late = pending.seal(flow("b"));
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(PendingLogins.MINUTES));
        assertEquals(back("a"), pending.take(cookie));
        nanos.addAndGet(1);
        assertNull(pending.take(late));
    }

    @Test
    void nobodysBeginningsPushOutThoseOfOthers() {
        String first = pending.seal(flow("first"));
        for (int i = 0; i < 2000; i++) {
            pending.seal(flow(i));
        }
        assertEquals(back("first"), pending.take(first));
    }

    @Test
    void cookieThatWasNotSealedHereIsNone() {
        String cookie = pending.seal(flow("a"));
        assertFalse(cookie.contains("verifier"));
        char other = cookie.charAt(30) == 'A' ? 'B' : 'A';
        for (String wrong : new String[] {
            "",
            "a",
            "AAAA",
            "AAAAAAAAAAAAAAAA",
            "A".repeat(10_000),
            "%",
            cookie.substring(4),
            cookie.substring(0, 30) + other + cookie.substring(31),
            new PendingLogins(nanos::get).seal(flow("a"))
        }) {
            assertNull(pending.take(wrong), wrong);
        }
    }
}
