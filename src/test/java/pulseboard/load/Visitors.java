package pulseboard.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/**
 * A few people who look at the page and go again. Each asks for what the page asks for when it is opened, then watches both boards.
 * Not thread-safe.
 */
public final class Visitors implements AutoCloseable {

    private static final List<String> BOARDS = List.of("host", "processes");
    private static final List<String> OPENING = List.of(
            "", "api/session", "api/host", "api/boards/host", "api/boards/host/history?from=-15m&to=now&points=900");

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI url;
    private final int most;
    private final List<Crowd> crowds;

    /** Nobody yet. */
    public Visitors(URI url, int most) throws IOException {
        this.url = url;
        this.most = most;
        this.crowds = List.of(crowd(url, BOARDS.get(0)), crowd(url, BOARDS.get(1)));
        crowds.forEach(Crowd::start);
    }

    private static Crowd crowd(URI url, String board) throws IOException {
        return new Crowd(new Plan(url, board, Transport.RAW, 0, 10));
    }

    /** One of them leaves, if there are any, and others come until all are there. */
    public void change() throws IOException, InterruptedException {
        int here = 0;
        for (Crowd crowd : crowds) {
            here = crowd.ask(() -> {
                crowd.leave(1);
                return crowd.viewers().size();
            });
        }
        for (int coming = here; coming < most; coming++) {
            for (String path : OPENING) {
                client.send(HttpRequest.newBuilder(url.resolve(path)).build(), HttpResponse.BodyHandlers.discarding());
            }
            for (Crowd crowd : crowds) {
                crowd.ask(() -> {
                    crowd.join(1);
                    return true;
                });
            }
        }
    }

    /** How many watch the board host. */
    public int watching() {
        Crowd crowd = crowds.get(0);
        return crowd.ask(() -> crowd.tally.following);
    }

    @Override
    public void close() {
        crowds.forEach(Crowd::close);
    }
}
