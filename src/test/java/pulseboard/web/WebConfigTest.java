package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebConfigTest {

    private static final int[] GOOD = {8080, 100, 32, 16_384, 150, 15};

    private static WebConfig config(String host, List<String> origins, int... n) {
        return new WebConfig(
                host, n[0], origins, List.of(), List.of(), List.of(), List.of(), n[1], n[2], n[3], n[4], n[5]);
    }

    @Test
    void hostThatIsNoneIsToldItself() {
        String complaint = complaint(() -> new WebConfig(
                "::1",
                8080,
                List.of(),
                List.of("good.example", "https://a.example"),
                List.of(),
                List.of(),
                List.of(),
                100,
                32,
                16_384,
                150,
                15));
        assertTrue(complaint.endsWith("without scheme and port, not https://a.example"), complaint);
    }

    private static String complaint(Runnable making) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, making::run).getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "0, port, 0, 65535",
        "1, maxViewers, 1, 1000000",
        "2, maxHandlersPerSocket, 1, 1000",
        "3, maxMessageBytes, 256, 1048576",
        "4, pingTimeoutSeconds, 30, 3600",
        "5, writeTimeoutSeconds, 10, 3600",
    })
    void numbersOutsideTheirRangeAreRefusedByName(int index, String key, int least, int most) {
        for (int good : new int[] {least, most}) {
            config("::1", List.of(), with(index, good));
        }
        for (int bad : new int[] {least - 1, most + 1, Integer.MIN_VALUE}) {
            String complaint = complaint(() -> config("::1", List.of(), with(index, bad)));
            assertTrue(complaint.startsWith("web." + key + " must be from " + least), complaint);
        }
    }

    private static int[] with(int index, int value) {
        int[] numbers = GOOD.clone();
        numbers[index] = value;
        return numbers;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "*", "a.example", "https://a.example/", "https://a.example/path", "ftp://a.example", "null"})
    void originThatIsNoneIsRefused(String origin) {
        String complaint = complaint(() -> config("::1", List.of(origin), GOOD));
        assertTrue(complaint.startsWith("web.allowedOrigins "), complaint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "proxy",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "::1/129",
                "10.0.0.1,10.0.0.2",
                "10.0.0.256",
                "999.1.1.1",
                "*"
            })
    void proxyThatIsNoAddressIsRefused(String proxy) {
        List<String> proxies = List.of("127.0.0.1", "::1", "10.0.0.0/8", "fd00::/8", proxy);
        String complaint = complaint(() ->
                new WebConfig("::1", 0, List.of(), List.of(), List.of(), List.of(), proxies, 1000, 32, 4096, 150, 15));
        assertTrue(complaint.startsWith("web.trustedProxies "), complaint);
        assertTrue(complaint.endsWith(" not " + proxy), complaint);
    }

    @Test
    void emptyHostIsRefused() {
        assertTrue(complaint(() -> config(" ", List.of(), GOOD)).startsWith("web.host "));
    }

    @Test
    void laterChangeOfTheListDoesNotMatter() {
        List<String> origins = new ArrayList<>(List.of("https://a.example"));
        WebConfig config = config("::1", origins, GOOD);
        origins.clear();
        assertEquals(List.of("https://a.example"), config.allowedOrigins());
    }

    @Test
    void defaultIsThisMachineOnly() {
        assertEquals("127.0.0.1", WebConfig.DEFAULT.host());
    }
}
