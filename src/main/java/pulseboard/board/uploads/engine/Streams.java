package pulseboard.board.uploads.engine;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.pointer.JsonPointer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import pulseboard.board.uploads.config.UploadsConfig;

/** Asks a media server how many streams are watched, such as Plex at {@code /status/sessions} or Jellyfin at {@code /Sessions}. */
public final class Streams {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final UploadsConfig config;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** By the settings. */
    public Streams(UploadsConfig config) {
        this.config = config;
    }

    /** How many there are; empty where that cannot be found out. Never fails. */
    public CompletableFuture<OptionalInt> count() {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(config.streamsUrl()))
                .timeout(PATIENCE)
                .header("Accept", "application/json");
        try {
            if (!config.streamsTokenFile().isEmpty()) {
                String token =
                        Files.readString(Path.of(config.streamsTokenFile())).strip();
                request.header("X-Plex-Token", token).header("Authorization", "Bearer " + token);
            }
        } catch (IOException | IllegalArgumentException e) {
            return CompletableFuture.completedFuture(OptionalInt.empty());
        }
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(answer ->
                        answer.statusCode() == 200 ? read(answer.body(), config.streamsPointer()) : OptionalInt.empty())
                .exceptionally(failure -> OptionalInt.empty());
    }

    /** The number at a place, or how many an array there has. */
    static OptionalInt read(String body, String pointer) {
        try {
            Object found = JsonPointer.from(pointer).queryJson(Json.decodeValue(body));
            if (found instanceof JsonArray array) {
                return OptionalInt.of(array.size());
            }
            return found instanceof Number number ? OptionalInt.of(number.intValue()) : OptionalInt.empty();
        } catch (DecodeException | IllegalArgumentException e) {
            return OptionalInt.empty();
        }
    }
}
