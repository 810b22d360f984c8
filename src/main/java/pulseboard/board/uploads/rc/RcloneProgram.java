package pulseboard.board.uploads.rc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How rclone is called.
 *
 * @param program its name, or its path
 * @param config the file of its remotes; empty: rclone's own
 * @param passwordFile a file with that file's password; empty: it is not encrypted
 */
public record RcloneProgram(String program, String config, String passwordFile) {

    /** What it needs to find its way, its home, the remotes that are set by variables, and a proxy. */
    private static final Set<String> VARIABLES = Set.of(
            "PATH",
            "RCLONE_CONFIG",
            "HOME",
            "TZ",
            "TMPDIR",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "SSH_AUTH_SOCK");

    /** The words of a command. */
    List<String> command(List<String> words) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(words);
        if (!config.isEmpty()) {
            command.addAll(List.of("--config", config));
        }
        return command;
    }

    /** The variables that it gets, secrets among them: only its own user can read them. */
    Map<String, String> environment() throws IOException {
        Map<String, String> kept = new TreeMap<>();
        System.getenv().forEach((name, value) -> {
            if (VARIABLES.contains(name) || name.startsWith("RCLONE_CONFIG_") || name.startsWith("XDG_")) {
                kept.put(name, value);
            }
        });
        kept.put("LC_ALL", "C.UTF-8");
        // Else it would ask Drive ten times for each file, and wait longer and longer, when the account has sent enough
        // for a day.
        kept.put("RCLONE_DRIVE_STOP_ON_UPLOAD_LIMIT", "true");
        if (!passwordFile.isEmpty()) {
            kept.put(
                    "RCLONE_CONFIG_PASS",
                    Files.readString(Path.of(passwordFile)).strip());
        }
        return kept;
    }
}
