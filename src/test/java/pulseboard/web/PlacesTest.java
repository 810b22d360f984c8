package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {

    private static final InetAddress PROXY = address("10.0.0.9");

    private final Places places = new Places(40, PROXY::equals);

    private static InetAddress address(String text) {
        return Objects.requireNonNull(AddressBlock.address(text));
    }

    /** How many places somebody gets who takes all. */
    private int takeAll(String address) {
        int taken = 0;
        while (places.take(address(address)) == null) {
            taken++;
        }
        return taken;
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "127.0.0.2", "2001:db8::1", "::ffff:192.0.2.1"})
    void strangerHasAQuarterAndNoMore(String address) {
        assertEquals(10, takeAll(address));
        assertTrue(Objects.requireNonNull(places.take(address(address))).startsWith("its address has 10 already"));
        assertNull(places.take(address("198.51.100.1")), "another one is let in");
    }

    @Test
    void addressesOfOneNetworkAtHomeAreOneClient() {
        assertEquals(10, takeAll("2001:db8:0:1::1"));
        assertEquals(0, takeAll("2001:db8:0:1:ffff::2"));
        assertEquals(10, takeAll("2001:db8:0:2::1"));
    }

    @Test
    void lastQuarterIsForThoseWhoAreKnown() {
        places.know(address("198.51.100.7"));
        for (String stranger : new String[] {"192.0.2.1", "192.0.2.2", "192.0.2.3"}) {
            assertEquals(10, takeAll(stranger));
        }
        assertEquals(0, takeAll("192.0.2.4"));
        assertEquals(10, takeAll("198.51.100.7"), "all that are left");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "10.0.0.9"})
    void thisMachineAndItsProxiesSpeakForMany(String address) {
        assertEquals(40, takeAll(address));
        assertTrue(Objects.requireNonNull(places.take(address(address))).startsWith("there are 40 already"));
    }

    @Test
    void placeThatIsGivenBackIsFree() {
        assertEquals(10, takeAll("192.0.2.1"));
        places.give(address("192.0.2.1"));
        assertNull(places.take(address("192.0.2.1")));
        assertNotNull(places.take(address("192.0.2.1")));
    }

    @Test
    void onlyTheLastThousandAreRemembered() {
        places.know(address("198.51.100.7"));
        for (int other = 0; other < 1024; other++) {
            places.know(address("10.1." + other / 256 + "." + other % 256));
        }
        assertEquals(10, takeAll("198.51.100.7"));
    }
}
