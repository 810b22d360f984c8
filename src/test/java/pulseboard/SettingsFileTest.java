package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {

    @TempDir
    private Path folder;

    @Test
    void groupThatIsThereTwiceIsToldWithTheFix() throws IOException {
        Path file = Files.writeString(folder.resolve("p.yaml"), "web:\n  port: 1\nweb:\n  host: a\n");
        UserMistake mistake = assertThrows(UserMistake.class, () -> SettingsFile.apply(file, new Settings()));
        assertTrue(
                String.valueOf(mistake.getMessage())
                        .matches(".*p.yaml:\\d: not valid YAML: .*duplicate key web; put .* one group"),
                mistake.getMessage());
    }

    @Test
    void groupsAndNamesAreRead() throws IOException {
        Config config = apply("""
                # A comment.
                web:
                  port: 9090
                  allowedOrigins: [https://a.example, 'https://b.example']
                host:
                log:
                  folder: /var/log/pulseboard
                """);
        assertEquals(9090, config.web().port());
        assertEquals(
                List.of("https://a.example", "https://b.example"), config.web().allowedOrigins());
        assertEquals("/var/log/pulseboard", config.log().folder());
    }

    @Test
    void emptyFileChangesNothing() throws IOException {
        assertEquals(Config.DEFAULT, apply(""));
        assertEquals(Config.DEFAULT, apply("# nothing but a comment\n"));
    }

    @Test
    void whatPrintConfigPrintsCanBeReadBack() throws IOException {
        Settings settings = new Settings();
        settings.set("web.host", "it's # odd: \\ text", "f");
        settings.set("web.allowedOrigins", "https://a.example,https://b.example", "f");
        settings.set("host.ignoreFilesystems", "/boot/efi|/x\\d+", "f");
        assertEquals(settings.toConfig(), apply(settings.print()));
    }

    @Test
    void unknownSettingNamesTheFileAndTheNearest() throws IOException {
        assertRefused("web: {prot: 1}", "config.yaml: unknown setting web.prot; the nearest is web.port");
        assertRefused("webb: {port: 1}", "config.yaml: unknown setting webb.port; the nearest is web.port");
        assertRefused("port: 1", "config.yaml: unknown setting port");
    }

    @Test
    void brokenYamlNamesTheLine() throws IOException {
        assertRefused("web:\n  port: [1", "config.yaml:");
        assertRefused("web:\n  port: 1\n  port: 2", "not valid YAML");
        assertRefused("web:\n\tport: 1", "config.yaml:2: not valid YAML");
    }

    @Test
    void fileThatHoldsSomethingElseIsRefused() throws IOException {
        assertRefused("- web\n- host\n", "expected groups of settings");
        assertRefused("just text", "expected groups of settings");
    }

    @Test
    void whatIsThereInsteadOfGroupsIsNotRepeatedAsItMayBeASecret() throws IOException {
        for (String text : List.of("- not-to-be-seen\n", "not-to-be-seen", "[[not-to-be-seen]]")) {
            Path file = write(text);
            UserMistake mistake = assertThrows(UserMistake.class, () -> SettingsFile.apply(file, new Settings()));
            assertFalse(String.valueOf(mistake.getMessage()).contains("not-to-be-seen"), mistake.getMessage());
        }
    }

    @Test
    void listsWithinListsAreOneClearLine() throws IOException {
        assertRefused("web:\n  port: " + "[".repeat(5000) + "]".repeat(5000), "config.yaml:2: more than 8 levels");
        assertRefused("{a: ".repeat(5000), "config.yaml:1: more than 8 levels");
    }

    @Test
    void wrongValueNamesTheFile() throws IOException {
        assertRefused("web: {port: many}", "config.yaml: web.port must be a whole number, not many");
        assertRefused("web: {port: }", "config.yaml: web.port must be a whole number");
    }

    @Test
    void fileThatIsNotThereIsRefused() {
        assertComplaint(folder.resolve("none.yaml"), "there is no file");
    }

    @Test
    void folderIsRefused() {
        assertComplaint(folder, "cannot read " + folder);
    }

    @Test
    void fileThatIsNotTextIsRefused() throws IOException {
        Path file = folder.resolve("config.yaml");
        Files.write(file, new byte[] {'w', (byte) 0xff, (byte) 0xfe});
        assertComplaint(file, "is not a UTF-8 text file");
    }

    private Config apply(String text) throws IOException {
        Settings settings = new Settings();
        SettingsFile.apply(write(text), settings);
        return settings.toConfig();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("config.yaml"), text);
    }

    private void assertRefused(String text, String complaint) throws IOException {
        assertComplaint(write(text), complaint);
    }

    private static void assertComplaint(Path file, String complaint) {
        UserMistake mistake = assertThrows(UserMistake.class, () -> SettingsFile.apply(file, new Settings()));
        String message = String.valueOf(mistake.getMessage());
        assertTrue(message.contains(complaint), message);
        assertEquals(1, message.lines().count(), message);
    }
}
