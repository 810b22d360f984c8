package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pulseboard.board.host.HostConfig;

class SettingsTest {

    private final Settings settings = new Settings();

    @Test
    void withoutAnySourceTheDefaultsHold() {
        assertEquals(Config.DEFAULT, settings.toConfig());
    }

    @Test
    void laterSourceWins() {
        settings.set("web.port", 1111, "pulseboard.yaml");
        settings.set("web.host", "0.0.0.0", "pulseboard.yaml");
        settings.set("host.topProcesses", 3, "pulseboard.yaml");
        settings.applyEnvironment(Map.of("PULSEBOARD_WEB_PORT", "2222", "PULSEBOARD_WEB_HOST", "::1", "HOME", "/root"));
        settings.set("web.port", "3333", "--port");
        Config config = settings.toConfig();
        assertEquals(3333, config.web().port());
        assertEquals("::1", config.web().host());
        assertEquals(3, config.board("host", HostConfig.class).topProcesses());
    }

    @ParameterizedTest
    @CsvSource({
        "web.port, PULSEBOARD_WEB_PORT",
        "web.maxHandlersPerSocket, PULSEBOARD_WEB_MAX_HANDLERS_PER_SOCKET",
        "log.folder, PULSEBOARD_LOG_FOLDER"
    })
    void variableIsTheKeyInCapitals(String key, String variable) {
        assertEquals(variable, Settings.variable(key));
    }

    @Test
    void everyVariableNamesOneSetting() {
        List<String> variables =
                settings.keys().stream().map(Settings::variable).distinct().toList();
        assertEquals(settings.keys().size(), variables.size());
    }

    @ParameterizedTest
    @CsvSource({"web.prot, web.port", "web.pingTimeout, web.pingTimeoutSeconds", "hots.topProcesses, host.topProcesses"
    })
    void unknownKeyNamesTheNearest(String wrong, String nearest) {
        UserMistake mistake = assertThrows(UserMistake.class, () -> settings.set(wrong, 1, "a.yaml"));
        assertEquals("a.yaml: unknown setting " + wrong + "; the nearest is " + nearest, mistake.getMessage());
    }

    @Test
    void unknownVariableNamesTheNearest() {
        Map<String, String> environment = Map.of("PULSEBOARD_WEB_PROT", "1");
        UserMistake mistake = assertThrows(UserMistake.class, () -> settings.applyEnvironment(environment));
        assertEquals(
                "environment variable PULSEBOARD_WEB_PROT names no setting; the nearest is PULSEBOARD_WEB_PORT",
                mistake.getMessage());
    }

    @Test
    void tokenOfTheTerminalIsNoSettingAndNoMistake() {
        settings.applyEnvironment(Map.of("PULSEBOARD_TOKEN", "pulseboard_x"));
        assertEquals(Config.DEFAULT, settings.toConfig());
        assertFalse(settings.print().contains("pulseboard_x"));
    }

    @ParameterizedTest
    @CsvSource({"many", "80.5", "''", "99999999999", "8080 9090"})
    void wrongNumberIsRefusedWithItsSource(String value) {
        UserMistake mistake =
                assertThrows(UserMistake.class, () -> settings.applyEnvironment(Map.of("PULSEBOARD_WEB_PORT", value)));
        assertEquals(
                "environment PULSEBOARD_WEB_PORT: web.port must be a whole number, not "
                        + (value.isEmpty() ? "empty" : value),
                mistake.getMessage());
    }

    @Test
    void valueOutOfRangeIsRefusedWithItsSource() {
        settings.set("web.port", "65536", "--port");
        UserMistake mistake = assertThrows(UserMistake.class, settings::toConfig);
        assertEquals("--port: web.port must be from 0 to 65535, not 65536", mistake.getMessage());
    }

    @Test
    void valueOfTheWrongKindIsRefused() {
        assertRefused("web.host", List.of("a"), "f: web.host must be a text, not [a]");
        assertRefused("web.host", true, "f: web.host must be a text, not true");
        assertRefused("web.allowedOrigins", 7, "f: web.allowedOrigins must be a list of texts, not 7");
        assertRefused("web.port", Map.of("a", 1), "f: web.port must be a whole number, not {a=1}");
    }

    private void assertRefused(String key, Object value, String complaint) {
        UserMistake mistake = assertThrows(UserMistake.class, () -> settings.set(key, value, "f"));
        assertEquals(complaint, mistake.getMessage());
    }

    @Test
    void missingValueIsRefused() {
        UserMistake mistake = assertThrows(UserMistake.class, () -> settings.set("web.port", null, "f"));
        assertTrue(String.valueOf(mistake.getMessage()).startsWith("f: web.port must be a whole number"));
    }

    @Test
    void listMayBeAListOrATextWithCommas() {
        settings.set("web.allowedOrigins", List.of("https://a.example"), "f");
        assertEquals(List.of("https://a.example"), settings.toConfig().web().allowedOrigins());
        settings.set("web.allowedOrigins", " https://a.example , https://b.example,", "f");
        assertEquals(
                List.of("https://a.example", "https://b.example"),
                settings.toConfig().web().allowedOrigins());
        settings.set("web.allowedOrigins", "", "f");
        assertEquals(List.of(), settings.toConfig().web().allowedOrigins());
    }

    @Test
    void printedSettingsSayWhereEachComesFrom() {
        settings.set("web.port", "9000", "--port");
        settings.applyEnvironment(Map.of("PULSEBOARD_WEB_HOST", "it's"));
        List<String> lines = settings.print().lines().toList();
        assertTrue(lines.contains("web:"));
        assertTrue(lines.contains("  port: 9000  # --port"), settings::print);
        assertTrue(lines.contains("  host: 'it''s'  # environment PULSEBOARD_WEB_HOST"), settings::print);
        assertTrue(lines.contains("  allowedOrigins: []  # default"), settings::print);
        int groups = Config.class.getRecordComponents().length - 1 + Deployment.BOARDS.size();
        assertEquals(settings.keys().size() + groups, lines.size());
    }

    @Test
    void secretIsPrintedAsStarsWhenThereIsOne() {
        assertTrue(settings.print().contains("  clientSecret: ''  # default"), settings::print);
        settings.applyEnvironment(Map.of("PULSEBOARD_OIDC_CLIENT_SECRET", "not-to-be-seen"));
        assertTrue(
                settings.print().contains("  clientSecret: '***'  # environment PULSEBOARD_OIDC_CLIENT_SECRET"),
                settings::print);
        assertFalse(settings.print().contains("not-to-be-seen"));
        assertEquals("not-to-be-seen", settings.toConfig().oidc().clientSecret());
        assertFalse(settings.toConfig().toString().contains("not-to-be-seen"));
    }

    @Test
    void queryOfAnAddressMayHoldAToken() {
        Settings settings = new Settings();
        settings.set("remoteWrite.url", "https://a.example/write?token=not-to-be-seen", "f");
        assertTrue(settings.print().contains("  url: 'https://a.example/write?***'  # f"), settings::print);
        assertTrue(settings.hasSecretFrom("f"));
        assertFalse(settings.hasSecretFrom("default"));
    }

    @ParameterizedTest
    @CsvSource({"a.clientSecret, true", "a.keyPassword, true", "a.clientSecretFile, false", "web.port, false"})
    void whatIsCalledASecretOrPasswordIsOne(String key, boolean isSecret) {
        assertEquals(isSecret, Settings.isSecret(key));
    }

    @Test
    void secretOfTheWrongKindIsNotToldInTheComplaint() {
        assertRefused(
                "oidc.clientSecret",
                List.of("not-to-be-seen"),
                "f: oidc.clientSecret must be a text, not what is there");
    }

    @Test
    void publicValueThatThereIsNotIsRefused() {
        Settings settings = new Settings();
        settings.set("web.publicValues", "cpu,board", "test");
        String complaint = String.valueOf(
                assertThrows(UserMistake.class, settings::toConfig).getMessage());
        assertTrue(complaint.startsWith("test: web.publicValues must hold some of cpu, load, "), complaint);
    }

    @Test
    void switchIsTrueOrFalseAndNothingElse() {
        Settings settings = new Settings();
        settings.applyEnvironment(Map.of("PULSEBOARD_FLEET_ACCEPT", "true"));
        settings.set("work.start", false, "test");
        assertTrue(settings.toConfig().fleet().accept());
        assertFalse(settings.toConfig().work().start());
        for (Object wrong : List.of("yes", "TRUE", 1, "")) {
            String complaint =
                    String.valueOf(assertThrows(UserMistake.class, () -> settings.set("fleet.accept", wrong, "test"))
                            .getMessage());
            assertEquals("test: fleet.accept must be true or false, not " + wrong, complaint);
        }
    }
}
