package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.auth.Access;
import pulseboard.auth.AccountsFile;
import pulseboard.auth.AuthConfig;

/** The short run that keeps the loaded classes, with a program in the place of Java that notes how it is started. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ArchiveClassesTest {

    private static final String JAVA = """
            #!/bin/sh
            case "$*" in
              *-Xshare:dump*) for word; do case $word in -XX:SharedArchiveFile=*) echo x >"${word#*=}" ;; esac; done ;;
              *--port*)
                env | grep -E 'PULSEBOARD_(REMOTE|LOG)' >"$NOTES/settings" || true
                cp -r "$PULSEBOARD_AUTH_FOLDER" "$NOTES/state"
                cp "$PULSEBOARD_AUTH_FOLDER/../header" "$NOTES/"
                stat -c %A "$PULSEBOARD_AUTH_FOLDER/.." >"$NOTES/mode"
                echo 'Pulseboard 1 is at http://127.0.0.1:1/'
                exec sleep 60 ;;
            esac
            """;

    @TempDir
    private Path folder;

    private Path make(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void nobodyElseSeesThroughItAndNothingStays() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path notes = Files.createDirectory(folder.resolve("notes"));
        Path archive = folder.resolve("archive");
        ProcessBuilder builder = new ProcessBuilder(
                        "src/main/packaging/archive-classes.sh",
                        make("jar", "").toString(),
                        make("options", "").toString(),
                        archive.toString(),
                        make("java", JAVA).toString())
                .inheritIO();
        builder.environment().put("TMPDIR", temporary.toString());
        builder.environment().put("NOTES", notes.toString());
        builder.environment().put("PULSEBOARD_REMOTE_WRITE_URL", "http://127.0.0.1:1/");
        builder.environment().put("PULSEBOARD_LOG_FOLDER", notes.toString());
        Process process = builder.start();
        assertTrue(process.waitFor(3, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue());
        assertEquals("x\n", Files.readString(archive));
        assertEquals(List.of(), in(temporary));
        assertEquals("drwx------\n", Files.readString(notes.resolve("mode")));
        assertEquals("", Files.readString(notes.resolve("settings")));

        Access access =
                new Access(AuthConfig.DEFAULT, new AccountsFile(notes.resolve("state")), System::currentTimeMillis);
        access.load();
        assertTrue(access.byPlace(true).isEmpty(), "this machine has to sign in");
        String token = Files.readString(notes.resolve("header")).strip().replaceFirst("^Authorization: Bearer ", "");
        assertTrue(access.byToken(token).orElseThrow().mayRead("host"));
        assertFalse(access.byToken(token).orElseThrow().mayAct("host"));
    }

    private static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
