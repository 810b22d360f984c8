package pulseboard.board.uploads.rc;

import io.vertx.core.http.HttpClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An rclone that somebody else has started with its remote control ({@code --rc}). It is asked, and never told anything. Not thread-safe. */
public final class ForeignRclone {

    /** All that it ever hears. None of these changes anything, and none needs more than its password. */
    private static final Set<String> QUESTIONS = Set.of("core/version", "core/stats", "core/transferred");

    private static final int UNAUTHORIZED = 401;

    private final HttpClient http;
    private final URI address;
    private final String user;
    private final String passwordFile;
    private @Nullable RcClient client;

    /**
     * Asks nothing yet.
     *
     * @param address of HTTP or HTTPS
     * @param user empty: it asks for none
     * @param passwordFile a file with the password; empty: there is none
     */
    public ForeignRclone(HttpClient http, URI address, String user, String passwordFile) {
        this.http = http;
        this.address = address;
        this.user = user;
        this.passwordFile = passwordFile;
    }

    /**
     * Asks.
     *
     * @param question one of those that change nothing
     * @throws IOException when the password cannot be read
     * @throws RcFailure when it refuses, or says nothing in ten seconds
     */
    public JsonObject ask(String question) throws IOException, RcFailure {
        if (!QUESTIONS.contains(question)) {
            throw new IllegalArgumentException(question + " is nothing that somebody else's rclone is asked");
        }
        RcClient asked = client == null ? connected() : client;
        client = asked;
        try {
            return asked.call(question, new JsonObject());
        } catch (RcFailure e) {
            client = e.status() == UNAUTHORIZED ? null : client; // The file may have another password by now.
            throw e;
        }
    }

    private RcClient connected() throws IOException {
        String password = passwordFile.isEmpty()
                ? ""
                : Files.readString(Path.of(passwordFile)).strip();
        return RcClient.at(http, address, user, password);
    }
}
