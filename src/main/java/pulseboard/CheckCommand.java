package pulseboard;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import pulseboard.top.TlsTrust;

/**
 * {@code pulseboard check}: one line and an exit code, as monitoring plugins have them, see <a
 * href="https://www.monitoring-plugins.org/doc/guidelines.html">their guidelines</a>.
 */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Prints whether a machine is well, by its running Pulseboard: this machine, or the one at URL.",
        footer = {"", "Exit code: 0 all is well, 1 a warning, 2 critical, 3 not known."})
final class CheckCommand implements Callable<Integer> {

    private static final int UNKNOWN = 3;
    private static final Map<String, Integer> CODES = Map.of("ok", 0, "warning", 1, "critical", 2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_CHARACTERS = 1_000;

    @Parameters(
            paramLabel = "URL",
            arity = "0..1",
            description = "Where it is, such as https://monitor.example/. Without it, where the settings say.")
    private @Nullable String address;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "Read the token to show from this file. Without it, from the variable " + ShownToken.VARIABLE + ".")
    private @Nullable Path tokenFile;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "Trust the certificates (PEM) in this file, instead of those that Java trusts.")
    private @Nullable Path caFile;

    @Option(names = "--config", paramLabel = "FILE", description = "Read from this YAML file where this machine's is.")
    private @Nullable Path config;

    @Override
    public Integer call() throws InterruptedException {
        try {
            HttpResponse<String> answer = ask();
            JsonObject verdict = new JsonObject(answer.body());
            return answer.statusCode() == 200
                    ? say(verdict.getString("level", "unknown"), verdict.getString("text", ""))
                    : say("unknown", "it answers " + answer.statusCode() + ": " + verdict.getString("message", ""));
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return say("unknown", "no answer: " + reason);
        } catch (UserMistake e) {
            return say("unknown", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return say("unknown", "what answers is no Pulseboard that judges");
        }
    }

    private HttpResponse<String> ask() throws IOException, InterruptedException {
        String token = ShownToken.read(tokenFile);
        HttpClient.Builder client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE);
        if (caFile != null) {
            client.sslContext(TlsTrust.in(caFile));
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base().resolve("api/health/verdict")).timeout(PATIENCE);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.build().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI base() {
        String given = address != null
                ? address
                : Settings.ofThisMachineIfReadable(config)
                        .toConfig()
                        .localAddress()
                        .orElseThrow(() -> new UserMistake("web.port is 0, any free port: say where it is"));
        String whole = given.matches("(?i)[a-z][a-z0-9+.-]*://.*") ? given : "http://" + given;
        try {
            return URI.create(whole.endsWith("/") ? whole : whole + "/");
        } catch (IllegalArgumentException e) {
            throw new UserMistake(given + " is not an address such as https://monitor.example/");
        }
    }

    /** On one line, whatever a file or a disk is called. */
    private static int say(String level, String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}|]", "?"); // After a bar there are figures.
        String cut = line.length() > MOST_CHARACTERS ? line.substring(0, MOST_CHARACTERS) + "…" : line;
        System.out.println("PULSEBOARD " + level.toUpperCase(Locale.ROOT) + " - " + cut);
        return CODES.getOrDefault(level, UNKNOWN);
    }
}
