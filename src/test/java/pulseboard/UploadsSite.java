package pulseboard;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import pulseboard.board.uploads.RcloneTools;

/** Settings of one uploader, {@code media}, and what a client asks of its board. */
final class UploadsSite {

    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();

    UploadsSite(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(source());
    }

    /** What is to be uploaded. */
    Path source() {
        return folder.resolve("source");
    }

    /** Where the ledger and sessions are noted. */
    Path state() {
        return folder.resolve("state");
    }

    /** The settings, with this configuration of rclone, whose remote {@code dav} is the target. */
    Path settings(RcloneTools rclone, String remotes) throws IOException {
        Path config = Files.writeString(folder.resolve("rclone.conf"), remotes);
        JsonObject media = new JsonObject()
                .put("source", source().toString())
                .put("target", "dav:in")
                .put("transfers", 2);
        JsonObject uploads = new JsonObject()
                .put("folder", state().toString())
                .put("rclone", rclone.program())
                .put("rcloneConfig", config.toString())
                .put("settleSeconds", 0)
                .put("pollMilliseconds", 100)
                .put("uploaders", new JsonObject().put("media", media));
        return Files.writeString(
                folder.resolve("settings.json"),
                new JsonObject().put("uploads", uploads).encode());
    }

    String get(URI address, String path) throws Exception {
        return http.send(HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** What the board shows of the uploader; nothing while there is no board. */
    JsonObject uploader(URI address) throws Exception {
        return state(address).getJsonObject("uploaders", new JsonObject()).getJsonObject("media", new JsonObject());
    }

    /** What the board shows. */
    JsonObject state(URI address) throws Exception {
        return new JsonObject(get(address, "api/boards/uploads")).getJsonObject("state", new JsonObject());
    }

    /** Of which publisher the board is; empty while there is none. */
    String epoch(URI address) throws Exception {
        return new JsonObject(get(address, "api/boards/uploads")).getString("epoch", "");
    }

    int act(URI address, String action, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("api/boards/uploads/actions/" + action))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }
}
