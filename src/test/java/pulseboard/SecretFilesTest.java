package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is told that a secret of theirs is for everybody to read. */
class SecretFilesTest {

    private static final String SECRET = "remoteWrite: {bearerSecret: not-to-be-seen}\n";

    @TempDir
    private Path folder;

    private Path write(String name, String mode, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private List<String> warnings(String mode, String text, Map<String, String> environment) throws IOException {
        Path file = write("pulseboard.yaml", mode, text);
        Settings settings = new Settings();
        SettingsFile.apply(file, settings);
        settings.applyEnvironment(environment);
        return SecretFiles.warnings(settings, file, write("variables", mode, ""));
    }

    @Test
    void settingsFileWithASecretIsNotForEverybody() throws IOException {
        List<String> warnings = warnings("rw-r--r--", SECRET, Map.of());
        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(warnings.get(0).endsWith("close it with: chmod o= " + folder.resolve("pulseboard.yaml")));
        assertEquals(List.of(), warnings("rw-r-----", SECRET, Map.of()));
        assertEquals(List.of(), warnings("rw-r--r--", "web: {port: 1}\n", Map.of()));
    }

    @Test
    void variablesWithASecretAreNotForEverybody() throws IOException {
        Map<String, String> environment = Map.of("PULSEBOARD_OIDC_CLIENT_SECRET", "not-to-be-seen");
        List<String> warnings = warnings("rw-r--r--", "", environment);
        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(warnings.get(0).contains(folder.resolve("variables").toString()), warnings::toString);
        assertEquals(List.of(), warnings("rw-------", "", environment));
    }

    @Test
    void filesOfSecretsAreLookedAtToo() throws IOException {
        Path key = write("key.pem", "rw-r--r--", "");
        String text = "tls: {keyFile: '" + key + "', certificateFile: '" + key + "'}\n"
                + "remoteWrite: {bearerSecretFile: '" + key + "'}\n";
        assertEquals(2, warnings("rw-r-----", text, Map.of()).size());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertEquals(List.of(), warnings("rw-r-----", text, Map.of()));
    }

    @Test
    void tokenOfTheAgentIsLookedAtToo() throws IOException {
        Path token = write("hub.token", "rw-r--r--", "");
        String text = "fleet: {tokenFile: '" + token + "'}\n";
        assertEquals(1, warnings("rw-r-----", text, Map.of()).size());
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r-----"));
        assertEquals(List.of(), warnings("rw-r-----", text, Map.of()));
    }

    @Test
    @Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void programSaysSoAtItsStart() throws Exception {
        Path file = write("pulseboard.yaml", "rw-r--r--", SECRET);
        // It does not get further than this, as the address is another machine's (RFC 5737).
        Program.End end = Program.run("--config", file.toString(), "--host", "192.0.2.1", "--port", "0");
        String said = String.join("\n", end.out()) + String.join("\n", end.errors());
        assertTrue(said.contains("every user of this machine can read the secret in " + file), said);
        assertTrue(!said.contains("not-to-be-seen"), said);
    }
}
