package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A program to be killed: writes batches, of which each says in every map how many there were. Says on standard output which has been
 * taken, and {@code killed} when it waits for that before the write of the number given.
 */
final class AlertWriter {

    static final int BATCHES = 4;

    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);
    private static int writes;

    private AlertWriter() {}

    public static void main(String[] arguments) throws IOException {
        int last = Integer.parseInt(arguments[1]);
        PausingDisk.gate(() -> {
            if (++writes == last) {
                say("killed");
                awaitDeath();
            }
        });
        AlertStore store = new AlertStore(Path.of(arguments[0]), PausingDisk::open);
        store.read(0);
        for (int number = 1; number <= BATCHES; number++) {
            store.write(batch(number), number);
            say(Integer.toString(number));
        }
        store.close(BATCHES);
    }

    /** What is written together, of more than one page of the file. */
    static Batch batch(int number) {
        Batch batch = new Batch();
        JsonObject value = JsonObject.of("n", number, "text", (number + " ").repeat(2_000));
        batch.put(Engine.ALERTS, "one", value);
        batch.put("outbox", "message " + number, value);
        batch.remove("outbox", "message " + (number - 1));
        batch.put(Engine.HISTORY, AlertStore.historyKey(number, 0), value);
        return batch;
    }

    private static void say(String line) throws IOException {
        OUT.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void awaitDeath() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
