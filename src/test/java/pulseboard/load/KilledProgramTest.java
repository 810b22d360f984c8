package pulseboard.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pulseboard.Program;

/** The program ends while a crowd watches it on every transport, and is there again: the crowd comes back by itself. */
@Tag("long")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledProgramTest {

    /** On each transport. */
    private static final int VIEWERS = 17;

    private static final int PATIENCE_SECONDS = 120;
    private static final String BOARD = "host";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final List<Crowd> crowds = new ArrayList<>();

    @AfterEach
    void sendAllAway() {
        crowds.forEach(Crowd::close);
    }

    /** A Java program can do nothing more when it is killed, and ends with 128 + 9; told to end, with 128 + 15. */
    @ParameterizedTest
    @CsvSource({"KILL, 137", "TERM, 143"})
    void everyViewerIsBackWithTheDocumentOfTheNewProgram(String signal, int code) throws Exception {
        URI url;
        String epoch;
        try (Program first = Program.start(Map.of(), "--port", "0")) {
            url = first.awaitAddress();
            epoch = epoch(url);
            for (Transport transport : Transport.values()) {
                Crowd crowd = new Crowd(new Plan(url, BOARD, transport, VIEWERS, 10_000, true));
                crowds.add(crowd);
                crowd.start();
            }
            await(VIEWERS, tally -> tally.following);
            first.signal(signal);
            assertEquals(code, first.awaitEnd().code());
            await(0, tally -> tally.following);
        }
        try (Program second = Program.start(Map.of(), "--port", Integer.toString(url.getPort()))) {
            second.awaitAddress();
            assertNotEquals(epoch, epoch(url));
            await(VIEWERS, tally -> tally.following);
            for (Crowd crowd : crowds) {
                Comparison.Result result = Comparison.run(crowd);
                assertEquals(VIEWERS, result.equal(), result::toString);
                assertEquals(VIEWERS, crowd.ask(() -> crowd.tally.returned));
            }
        }
    }

    private void await(int wanted, ToIntFunction<Tally> number) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (Crowd crowd : crowds) {
            while (crowd.ask(() -> number.applyAsInt(crowd.tally)) != wanted) {
                assertTrue(
                        System.nanoTime() - end < 0,
                        () -> crowd.plan + " " + crowd.ask(crowd.tally::toJson).encode());
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    private static String epoch(URI url) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(url.resolve("api/boards/" + BOARD)).build();
        return new JsonObject(CLIENT.send(request, HttpResponse.BodyHandlers.ofString())
                        .body())
                .getString("epoch");
    }
}
