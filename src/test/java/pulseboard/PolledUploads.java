package pulseboard;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import pulseboard.board.uploads.DavServer;
import pulseboard.board.uploads.RcloneTools;

/** A slow session in the whole program, whose rclone notes in its log how often it is asked. */
final class PolledUploads implements AutoCloseable {

    private static final int BYTES = 200_000_000;
    private static final int RATE = 500_000;

    private final Path folder;
    private final UploadsSite site;
    private final DavServer server;
    private final Program program;
    private final URI address;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<CompletableFuture<?>> viewers = new ArrayList<>();

    /** Begins it; returns when it uploads. */
    PolledUploads(Path folder, RcloneTools rclone, int pollMilliseconds) throws Exception {
        this.folder = folder;
        site = new UploadsSite(folder);
        try (FileChannel film = FileChannel.open(
                site.source().resolve("film.mkv"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            film.write(ByteBuffer.allocate(1), BYTES - 1); // More than a heap of the tests may have free.
        }
        server = new DavServer(folder.resolve("server"));
        Path settings = site.settings(rclone, server.remote("dav", server.port()));
        JsonObject changed = new JsonObject(Files.readString(settings));
        changed.getJsonObject("uploads")
                .put("rclone", talkative(folder, rclone).toString())
                .put("pollMilliseconds", pollMilliseconds);
        Files.writeString(settings, changed.encode());
        Map<String, String> environment = Map.of(
                "LC_ALL", "C.UTF-8", "XDG_STATE_HOME", folder.resolve("monitor").toString());
        program = Program.start(environment, "--port", "0", "--config", settings.toString());
        address = program.awaitAddress();
        String limit = "{\"uploader\":\"media\",\"bytesPerSecond\":" + RATE + "}";
        Until.isTrue("it can be limited", () -> site.act(address, "limit", limit) == 200);
        site.act(address, "start", "{\"uploader\":\"media\"}");
        Until.isTrue(
                "it uploads",
                () -> !site.uploader(address)
                        .getJsonObject("active", new JsonObject())
                        .isEmpty());
    }

    /** The same rclone, which says more: what it is told twice, that it does once. */
    private static Path talkative(Path folder, RcloneTools rclone) throws IOException {
        Path script = Files.writeString(
                folder.resolve("rclone.sh"), "#!/bin/sh\nexec '" + rclone.program() + "' \"$@\" -v\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    /** So many more watch the board from now on; returns when all do. */
    void watch(int count) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("api/boards/uploads/stream"))
                .build();
        for (int number = 0; number < count; number++) {
            CompletableFuture<Void> isThere = new CompletableFuture<>();
            viewers.add(http.sendAsync(request, head -> {
                isThere.complete(null);
                return HttpResponse.BodySubscribers.discarding();
            }));
            isThere.get(3, TimeUnit.MINUTES);
        }
    }

    /** How many of them still watch. */
    long watching() {
        return viewers.stream().filter(each -> !each.isDone()).count();
    }

    /** How often rclone is asked in a second, over so many. */
    double callsPerSecond(int seconds) throws Exception {
        long before = calls("");
        long began = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        return (calls("") - before) * 1e9 / (System.nanoTime() - began);
    }

    /** How often it was asked this; empty: anything. */
    long calls(String command) throws IOException {
        Pattern asked = Pattern.compile(command + ".{1,2}: with parameters");
        try (Stream<Path> logs = Files.list(site.state().resolve("media"))) {
            Path log = logs.filter(each -> each.getFileName().toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
            return asked.matcher(Files.readString(log)).results().count();
        }
    }

    /** The process that is asked. */
    long rclone() throws Exception {
        return site.uploader(address).getJsonObject("rclone").getLong("pid");
    }

    /** Nobody asks rclone any more: what it costs now, it costs by itself. */
    void stopAsking() throws IOException, InterruptedException {
        signalWorker("STOP");
    }

    /** The process that asks. */
    long worker() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("monitor"))) {
            Path pid =
                    files.filter(each -> each.endsWith("work.pid")).findFirst().orElseThrow();
            return Long.parseLong(Files.readString(pid).strip().split(" ", -1)[0]);
        }
    }

    private void signalWorker(String signal) throws IOException, InterruptedException {
        if (new ProcessBuilder("kill", "-" + signal, Long.toString(worker()))
                        .start()
                        .waitFor()
                != 0) {
            throw new AssertionError("there is no worker");
        }
    }

    /** Politely, so that its rclone ends, too. */
    @Override
    public void close() throws IOException {
        viewers.forEach(each -> each.cancel(true));
        try {
            signalWorker("CONT");
            program.terminate();
            int unused = program.awaitEndUnread();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        program.close();
        server.close();
    }
}
