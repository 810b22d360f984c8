package pulseboard.board.s3;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How the engine of a job is started. */
final class EngineCommand {

    /** What an engine needs to find its way, its home and its credentials. */
    private static final Set<String> VARIABLES = Set.of("PATH", "HOME", "TZ", "TMPDIR", "TERM", "SSL_CERT_FILE");

    private EngineCommand() {}

    /** Its command; the settings that it names are written, to be read by the user of this program alone. */
    static List<String> of(EngineRun.Job job, JsonObject wishes) throws IOException {
        Files.createDirectories(job.folder());
        Path settings = job.file("settings.json");
        Files.deleteIfExists(settings);
        Files.createFile(settings, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        JsonObject document = SettingsDocument.of(job.name(), job.config());
        document.getJsonObject("s3").put("folder", String.valueOf(job.folder().getParent()));
        Files.writeString(settings, document.encode());
        List<String> command = new ArrayList<>(job.program());
        command.addAll(List.of("s3", "run", job.name(), "--config", settings.toString()));
        command.addAll(List.of("--socket", job.file("engine.sock").toString()));
        if (wishes.getBoolean("dryRun", false)) {
            command.add("--dry-run");
        }
        if (wishes.getBoolean("full", false)) {
            command.add("--full");
        }
        if (wishes.getBoolean("retryFailed", false)) {
            command.add("--retry-failed");
        }
        if (wishes.containsKey("verify")) {
            command.addAll(List.of("--verify", wishes.getString("verify")));
        }
        return command;
    }

    /** Of the environment of this program what an engine needs, and no password of another part. */
    static Map<String, String> environment() {
        Map<String, String> kept = new TreeMap<>();
        System.getenv().forEach((name, value) -> {
            if (VARIABLES.contains(name) || name.startsWith("AWS_") || name.startsWith("XDG_")) {
                kept.put(name, value);
            }
        });
        kept.put("LC_ALL", "C.UTF-8"); // Else Java cannot open files whose names have other letters than ASCII's.
        return kept;
    }
}
