package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import pulseboard.board.uploads.RcloneTools;

/** An uploader in a process of its own, which can be killed; it says each moment what the board would show. */
final class KilledUploader implements AutoCloseable {

    private static final int SAY_MILLISECONDS = 30;

    private final Path folder;
    private final Process process;
    private volatile JsonObject shown = new JsonObject();

    /** Starts it; it goes on with what an earlier one has left, or begins. */
    KilledUploader(Path folder, RcloneTools rclone, long limit) throws IOException {
        this.folder = folder;
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                KilledUploader.class.getName(),
                folder.toString(),
                rclone.name(),
                Long.toString(limit));
        process = new ProcessBuilder(command)
                .redirectError(folder.resolve("uploader.err").toFile())
                .start();
        Thread reading = new Thread(this::read, "states");
        reading.setDaemon(true);
        reading.start();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("{") && line.endsWith("}")) {
                    shown = new JsonObject(line);
                }
            }
        } catch (IOException e) {
            // It was killed.
        }
    }

    /** Runs until it is killed. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        UploadsCase files =
                new UploadsCase(folder, RcloneTools.valueOf(args[1]), Files.readString(folder.resolve("rclone.conf")));
        boolean isLeft = Files.exists(files.state().resolve("media/session.json"));
        files.open();
        files.limit(Long.parseLong(args[2]));
        if (!isLeft) {
            files.tell(Command.START);
        }
        while (true) {
            System.out.println(files.shown().encode());
            TimeUnit.MILLISECONDS.sleep(SAY_MILLISECONDS);
        }
    }

    /** What it has said last. */
    JsonObject shown() {
        return shown;
    }

    long pid() {
        return process.pid();
    }

    void kill() {
        Process unused = process.destroyForcibly().onExit().join();
    }

    /** Kills its rclone, if it has one. */
    boolean killRclone() throws IOException {
        Path noted = folder.resolve("state/media/rclone.pid");
        return Files.exists(noted)
                && ProcessHandle.of(Long.parseLong(Files.readString(noted).split(" ", -1)[0]))
                        .map(ProcessHandle::destroyForcibly)
                        .orElse(false);
    }

    @Override
    public void close() {
        kill();
    }
}
