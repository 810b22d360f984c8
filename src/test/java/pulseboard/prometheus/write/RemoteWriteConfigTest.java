package pulseboard.prometheus.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteWriteConfigTest {

    private static final String URL = "https://metrics.example/api/v1/write";

    private static RemoteWriteConfig labels(String... labels) {
        return new RemoteWriteConfig(URL, 15, List.of(labels), "", "", "", "", "", "");
    }

    @Test
    void itIsOffUnlessThereIsAnAddress() {
        assertFalse(RemoteWriteConfig.DEFAULT.isOn());
        assertTrue(labels().isOn());
    }

    @Test
    void jobAndInstanceAreThereUnlessNamed() {
        assertEquals(Map.of("job", "pulseboard", "instance", "web1"), labels().labelsOf("web1"));
        assertEquals(
                Map.of("job", "node", "instance", "web1", "site", "a=b"),
                labels("job=node", "site=a=b").labelsOf("web1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"metrics.example", "ftp://a.example/", "https://anna:secret@a.example/", "https:///x", "a b"})
    void whatIsNoAddressIsRefusedWithoutTellingIt(String url) {
        String complaint = String.valueOf(assertThrows(
                        IllegalArgumentException.class,
                        () -> new RemoteWriteConfig(url, 15, List.of(), "", "", "", "", "", ""))
                .getMessage());
        assertTrue(complaint.startsWith("remoteWrite.url must be"), complaint);
        assertFalse(complaint.contains("secret"), complaint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"job", "=node", "job=", "1job=node", "__name__=x", "a b=c"})
    void whatIsNoLabelIsRefused(String label) {
        assertThrows(IllegalArgumentException.class, () -> labels(label));
    }

    @ParameterizedTest
    @CsvSource({"anna,'',''", "'',secret,''", "anna,secret,token"})
    void halfOrTwoWaysToSignInAreRefused(String user, String password, String token) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new RemoteWriteConfig(URL, 15, List.of(), user, password, "", token, "", ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 3601})
    void intervalHasBounds(int seconds) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new RemoteWriteConfig(URL, seconds, List.of(), "", "", "", "", "", ""));
    }

    @Test
    void certificatesThatCannotBeReadAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                new RemoteWriteConfig(URL, 15, List.of(), "", "", "", "", "", "/nowhere.pem")::requireFiles);
    }

    @Test
    void secretIsGivenOnceOrInAFileThatCanBeRead() {
        for (List<String> wrong : List.of(
                List.of("anna", "secret", "pom.xml", "", ""),
                List.of("", "", "", "token", "pom.xml"),
                List.of("anna", "", "pom.xml", "", "pom.xml"),
                List.of("anna", "", "/nowhere", "", ""),
                List.of("", "", "", "", "/nowhere"))) {
            assertThrows(IllegalArgumentException.class, () -> signIn(wrong).requireFiles(), wrong::toString);
        }
        assertEquals("pom.xml", signIn(List.of("anna", "", "pom.xml", "", "")).secretFile());
        assertEquals("token", signIn(List.of("", "", "", "token", "")).secret());
    }

    private static RemoteWriteConfig signIn(List<String> given) {
        return new RemoteWriteConfig(
                URL, 15, List.of(), given.get(0), given.get(1), given.get(2), given.get(3), given.get(4), "");
    }

    @Test
    void secretsAreNotInItsText() {
        assertFalse(new RemoteWriteConfig(URL + "?token=not-to-be-seen", 15, List.of(), "", "", "", "", "", "")
                .toString()
                .contains("not-to-be-seen"));
        assertFalse(new RemoteWriteConfig(URL, 15, List.of(), "anna", "not-to-be-seen", "", "", "", "")
                .toString()
                .contains("not-to-be-seen"));
        assertFalse(new RemoteWriteConfig(URL, 15, List.of(), "", "", "", "not-to-be-seen", "", "")
                .toString()
                .contains("not-to-be-seen"));
    }
}
