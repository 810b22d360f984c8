package pulseboard.load;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Culprits as a program of their own, so that what they do is not charged to those who measure. It says "going" once all are
 * there, goes on until its input ends, and then tells how many were dropped and what they were told, as one line of JSON.
 */
final class Gang {

    private static final int LAST_WORDS_MILLISECONDS = 500;

    final URI url;
    private final List<Culprit> culprits = new ArrayList<>();
    private final Map<String, Integer> reasons = new TreeMap<>();
    private int opened;
    private int ended;

    private Gang(URI url) {
        this.url = url;
    }

    /** Arguments: the address of the server, and the name of an offence. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Gang gang = new Gang(URI.create(arguments[0]));
        Offence offence = Offence.valueOf(arguments[1]);
        AtomicBoolean over = new AtomicBoolean();
        offence.begin(gang);
        System.out.println("going");
        Thread listener = new Thread(() -> {
            try {
                System.in.readAllBytes();
            } catch (IOException e) {
                // Over as well.
            }
            over.set(true);
        });
        listener.setDaemon(true);
        listener.start();
        while (!over.get()) {
            offence.proceed(gang);
        }
        System.out.println(gang.report().encode());
        System.exit(0);
    }

    Culprit open() throws IOException {
        Culprit culprit = new Culprit(url);
        culprits.add(culprit);
        opened++;
        return culprit;
    }

    void open(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            open();
        }
    }

    /** Opens viewers, of these kinds in turn. */
    void join(int count, Transport... transports) throws IOException {
        for (int i = 0; i < count; i++) {
            open().join(url, transports[i % transports.length]);
        }
    }

    List<Culprit> culprits() {
        return List.copyOf(culprits);
    }

    /** Counts those that the server has ended, and forgets them. */
    int removeEnded() {
        int before = culprits.size();
        culprits.removeIf(culprit -> {
            if (culprit.isEnded()) {
                ended++;
                reasons.merge(culprit.reason(), 1, Integer::sum);
            }
            return culprit.isEnded();
        });
        return before - culprits.size();
    }

    /** Goes without a word. */
    void leave() {
        culprits.forEach(Culprit::close);
        culprits.clear();
    }

    ByteBuffer request(String path, String... headers) {
        String head = "GET " + url.getPath() + path + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n"
                + String.join("\r\n", headers) + (headers.length == 0 ? "\r\n" : "\r\n\r\n");
        return ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII));
    }

    static void pause(int milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads what there is still to read, to find the reasons. Those that are still connected may have been told something. */
    private JsonObject report() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAST_WORDS_MILLISECONDS);
        while (System.nanoTime() - end < 0) {
            culprits.forEach(culprit -> culprit.read(1 << 16));
        }
        removeEnded();
        Map<String, Integer> told = new TreeMap<>();
        culprits.forEach(culprit -> told.merge(culprit.reason(), 1, Integer::sum));
        JsonObject why = new JsonObject();
        reasons.forEach(why::put);
        JsonObject last = new JsonObject();
        told.forEach(last::put);
        return JsonObject.of("opened", opened, "dropped", ended, "reasons", why, "toldTheRest", last);
    }
}
