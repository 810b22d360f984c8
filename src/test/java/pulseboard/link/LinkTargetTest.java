package pulseboard.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTargetTest {

    private static LinkTarget target(String address) {
        return LinkTarget.of(address, "secret", null, false);
    }

    @ParameterizedTest
    @CsvSource({
        "https://hub.example/, hub.example, 443, /api/agents/link",
        "https://hub.example, hub.example, 443, /api/agents/link",
        "hub.example, hub.example, 443, /api/agents/link",
        "https://hub.example:8443/monitor, hub.example, 8443, /monitor/api/agents/link",
        "http://localhost:8080, localhost, 8080, /api/agents/link",
        "http://[::1]:8080/, ::1, 8080, /api/agents/link",
    })
    void addressSaysWhereToDial(String address, String host, int port, String path) {
        assertEquals(host, target(address).host());
        assertEquals(port, target(address).port());
        assertEquals(path, target(address).path());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ftp://hub", "https://user@hub/", "https://hub/?a=1", "https://hub/#x", "https://", "a b"})
    void whatIsNoAddressIsRefused(String address) {
        assertThrows(IllegalArgumentException.class, () -> target(address));
    }

    @Test
    void tokenTravelsInTheOpenOnlyWhenSomebodySaysSo() {
        assertThrows(IllegalArgumentException.class, () -> target("http://hub.example/"));
        assertThrows(IllegalArgumentException.class, () -> target("http://127.0.0.1.example/"));
        assertFalse(LinkTarget.of("http://hub.example/", "secret", null, true).isEncrypted());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://192.0.2.2:8095/                        | true",
                "http://127.0.0.1:8095/                        | false",
                "https://hub1.example/,https://hub2.example/   | false",
                "https://hub1.example/,http://hub2.example/    | true",
                "no address                                    | false",
            })
    void invitationSaysWhatTheOtherMachineHasToAllow(String addresses, boolean isPlain) {
        assertEquals(isPlain, LinkTarget.isPlain(addresses));
    }

    @Test
    void fileOfCertificatesMustBeThere() {
        Path missing = Path.of("no", "such.pem");
        assertThrows(
                IllegalArgumentException.class, () -> LinkTarget.of("https://hub.example/", "secret", missing, false));
    }

    @Test
    void tokenIsNeverPrinted() {
        assertTrue(target("https://hub.example/").isEncrypted());
        assertEquals("https://hub.example/", target("https://hub.example/").toString());
    }
}
