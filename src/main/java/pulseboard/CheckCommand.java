package pulseboard;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import pulseboard.top.ErrorTexts;
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
        exitCodeOnInvalidInput = 3,
        description = "Prints whether a machine is well, by its running Pulseboard: this machine, or the one at URL.",
        footer = {"", "Exit code: 0 all is well, 1 a warning, 2 critical, 3 not known."})
final class CheckCommand implements Callable<Integer> {

    private static final int UNKNOWN = 3;
    private static final Map<String, Integer> CODES = Map.of("ok", 0, "warning", 1, "critical", 2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_CHARACTERS = 1_000;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Override
    public Integer call() throws InterruptedException {
        try {
            HttpResponse<String> answer = ask();
            if (answer.statusCode() >= 500 && !answer.body().startsWith("{")) { // A proxy has nothing behind it.
                return say("unknown", base() + " answers " + answer.statusCode());
            }
            JsonObject verdict = new JsonObject(answer.body());
            if ("login_required".equals(verdict.getString("error"))) {
                return say("unknown", ErrorTexts.SIGN_IN);
            }
            return answer.statusCode() == 200
                    ? say(verdict.getString("level", "unknown"), text(verdict))
                    : say("unknown", "it answers " + answer.statusCode() + ": " + verdict.getString("message", ""));
        } catch (IOException e) {
            return say("unknown", base() + ": " + ErrorTexts.of(e));
        } catch (UserMistake e) {
            return say("unknown", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return say("unknown", "what answers is no Pulseboard that judges");
        }
    }

    private HttpResponse<String> ask() throws IOException, InterruptedException {
        String token = server.token();
        HttpClient.Builder client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE);
        if (server.caFile() != null) {
            client.sslContext(TlsTrust.in(server.caFile()));
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base().resolve("api/health/verdict")).timeout(PATIENCE);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.build().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String text(JsonObject verdict) {
        String pending = verdict.getString("pending", "");
        return verdict.getString("text", "") + (pending.isEmpty() ? "" : " About to fire: " + pending + ".");
    }

    private URI base() {
        String given = server.address();
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
