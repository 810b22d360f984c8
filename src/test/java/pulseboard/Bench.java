package pulseboard;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import pulseboard.feed.FeedBench;
import pulseboard.host.SamplersBench;

/** What {@code make bench} runs: each figure of cost, beside the floor measured in the same run. */
public final class Bench {

    private Bench() {}

    /**
     * Prints all tables.
     *
     * @param arguments the seconds to watch the process at rest, 60 by default
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int seconds = arguments.length == 0 ? 60 : Integer.parseInt(arguments[0]);
        System.out.printf(
                "Java %s, %d cores, %s %s%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"));
        JsonObject state = ProcessBench.run(seconds);
        FeedBench.run(state);
        SamplersBench.run();
        System.exit(0);
    }

    static JsonObject get(String url) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        return new JsonObject(response.body());
    }
}
