package pulseboard.fleet;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import pulseboard.link.KeyPin;

/** What a machine asks of the Pulseboard that shows it, beside the link. Blocks. */
public final class HubClient {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MOST_CHARACTERS = 300;

    private final URI hub;
    private final @Nullable KeyPin pin;
    private final HttpClient http;

    /**
     * Asks nothing yet.
     *
     * @param hub its address, which ends with a slash
     * @param trust whom to believe that they are who they say; null: as Java does
     * @param pin the key that is trusted, and no other; null: the former
     */
    public HubClient(URI hub, @Nullable SSLContext trust, @Nullable KeyPin pin) {
        this.hub = hub;
        this.pin = pin;
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(PATIENCE);
        if (pin != null) {
            builder.sslContext(pin.context());
        } else if (trust != null) {
            builder.sslContext(trust);
        }
        this.http = builder.version(HttpClient.Version.HTTP_1_1).build();
    }

    /**
     * By which a machine is known when it joins again: a hash of its machine-id, of the other's address and of where it keeps what
     * it joined, so that it tells nobody the id. Empty where it has none.
     */
    static String machine(URI hub, Path file) {
        try {
            String id = Files.readString(Path.of("/etc/machine-id")).strip();
            return id.isEmpty() ? "" : Code.sha256(id + "\n" + hub + "\n" + file.toAbsolutePath());
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Joins.
     *
     * @param file where that is going to be kept
     * @throws IOException when it cannot be; the message is one line for people
     */
    public Membership join(String code, String name, Path file, boolean isPlain)
            throws IOException, InterruptedException {
        JsonObject asked = JsonObject.of("code", code, "name", name, "machine", machine(hub, file));
        JsonObject answer = send(request("api/agents/enrol")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(asked.encode())));
        String id = answer.getString("id");
        String token = answer.getString("token");
        if (id == null || token == null) {
            throw new IOException(hub + " does not answer as a Pulseboard does");
        }
        return new Membership(hub.toString(), id, token, pin == null ? "" : pin.text(), isPlain);
    }

    /** How the machine stands there, such as {@code live}. */
    public String state(String token) throws IOException, InterruptedException {
        return send(request("api/agents/self")
                        .header("Authorization", "Bearer " + token)
                        .GET())
                .getString("state", "");
    }

    /** The machine is not to be shown there any more. */
    public void leave(String token) throws IOException, InterruptedException {
        send(request("api/agents/self")
                .header("Authorization", "Bearer " + token)
                .DELETE());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(hub.resolve(path)).timeout(PATIENCE);
    }

    private JsonObject send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = answer(request.build());
        JsonObject body = json(answer.body());
        if (answer.statusCode() == 200 && body != null) {
            return body;
        }
        String why = body == null ? null : body.getString("message");
        if (answer.statusCode() == 404) {
            why =
                    "no machine can join there: fleet.accept: true lets them in, and the address is the one in the browser";
        }
        throw new IOException(hub + ": " + (why == null ? "it answers " + answer.statusCode() : printable(why)));
    }

    private HttpResponse<String> answer(HttpRequest request) throws IOException, InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (SSLException e) {
            throw new IOException(hub + ": " + untrusted(e), e);
        } catch (IOException e) {
            throw new IOException(hub + ": cannot be reached: " + innermost(e), e);
        }
    }

    private static String untrusted(SSLException failure) {
        return "its certificate is not trusted: " + innermost(failure)
                + "; if it is self-made, \"pulseboard fleet invite\" there prints the --pin";
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return printable(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }

    private static @Nullable JsonObject json(String text) {
        try {
            return new JsonObject(text);
        } catch (DecodeException | ClassCastException e) {
            return null;
        }
    }

    /** Without what would write elsewhere on a terminal: it comes from outside. */
    private static String printable(String text) {
        String cut = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "…" : text;
        return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }
}
