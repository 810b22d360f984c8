package pulseboard;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        return settings(rclone, remotes, new JsonObject().put("target", "dav:in"), "750 GB");
    }

    /** The same by these accounts, each of which takes so much a day. */
    Path settings(RcloneTools rclone, String remotes, List<String> accounts, String quota) throws IOException {
        JsonObject how = new JsonObject().put("target", "any:in").put("accounts", new JsonArray(accounts));
        return settings(rclone, remotes, how, quota);
    }

    private Path settings(RcloneTools rclone, String remotes, JsonObject how, String quota) throws IOException {
        Path config = Files.writeString(folder.resolve("rclone.conf"), remotes);
        JsonObject media = how.put("source", source().toString()).put("transfers", 2);
        JsonObject uploads = new JsonObject()
                .put("folder", state().toString())
                .put("rclone", rclone.program())
                .put("rcloneConfig", config.toString())
                .put("quotaBytes", quota)
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
        return send(address, action, body).statusCode();
    }

    /** The same, and what was answered. */
    JsonObject answer(URI address, String action, String body) throws Exception {
        return new JsonObject(send(address, action, body).body());
    }

    private HttpResponse<String> send(URI address, String action, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("api/boards/uploads/actions/" + action))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
