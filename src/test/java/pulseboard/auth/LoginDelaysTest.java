package pulseboard.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoginDelaysTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000); // It may well overflow.
    private final LoginDelays delays = new LoginDelays(nanos::get);
    private final List<String> keys = List.of("name anna", "address 192.0.2.1");

    private void passSeconds(long seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void firstFailuresCostNothing() {
        delays.failed(keys);
        delays.failed(keys);
        assertEquals(0, delays.secondsToWait(keys));
    }

    @Test
    void eachFurtherFailureDoublesTheWaitUpToAMinute() {
        List<Long> waits = new ArrayList<>();
        for (int failures = 0; failures < 12; failures++) {
            delays.failed(keys);
            waits.add(delays.secondsToWait(keys));
            passSeconds(delays.secondsToWait(keys));
        }
        assertEquals(List.of(0L, 0L, 1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L, 60L), waits);
    }

    @Test
    void anotherAddressWaitsForTheSameName() {
        for (int i = 0; i < 5; i++) {
            delays.failed(List.of("name anna", "address 192.0.2." + i));
        }
        assertTrue(delays.secondsToWait(List.of("name anna", "address 198.51.100.1")) > 0);
    }

    @Test
    void anotherNameWaitsAtTheSameAddress() {
        for (int i = 0; i < 5; i++) {
            delays.failed(List.of("name n" + i, "address 192.0.2.1"));
        }
        assertTrue(delays.secondsToWait(List.of("name other", "address 192.0.2.1")) > 0);
        assertEquals(0, delays.secondsToWait(List.of("name other", "address 192.0.2.2")));
    }

    @Test
    void addressesOfOneNetworkAreOneClient() {
        assertEquals(ClientBlock.of("2001:db8:0:1::1"), ClientBlock.of("2001:db8:0:1:ffff::2"));
        assertNotEquals(ClientBlock.of("2001:db8:0:1::1"), ClientBlock.of("2001:db8:0:2::1"));
        assertEquals("192.0.2.1", ClientBlock.of("192.0.2.1"));
        assertEquals("192.0.2.1", ClientBlock.of("::ffff:192.0.2.1"));
        assertEquals("-", ClientBlock.of("-"));
        assertEquals("no:address", ClientBlock.of("no:address"));
    }

    @Test
    void rightPasswordForgivesTheNameButNotTheAddress() {
        for (int i = 0; i < 5; i++) {
            delays.failed(keys);
        }
        delays.succeeded("name anna");
        assertEquals(0, delays.secondsToWait(List.of("name anna")));
        assertTrue(delays.secondsToWait(keys) > 0);
    }

    @Test
    void oldFailuresAreForgotten() {
        for (int i = 0; i < 9; i++) {
            delays.failed(keys);
        }
        passSeconds(60 + 15 * 60 + 1);
        delays.failed(keys);
        assertEquals(0, delays.secondsToWait(keys));
    }

    @Test
    void memoryIsBounded() {
        for (int i = 0; i < 100_000; i++) {
            delays.failed(List.of("name n" + i));
        }
        assertTrue(delays.size() <= 10_000);
    }
}
