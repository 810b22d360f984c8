package pulseboard.board.lab.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.lab.paxos.Accepted;
import pulseboard.board.lab.paxos.Ballot;
import pulseboard.board.lab.paxos.Message;
import pulseboard.board.lab.paxos.Message.Kind;

/** What a node has answered it remembers, wherever its log was cut off. */
class StoreTest {

    private static final Ballot FIRST = new Ballot(1, "one");
    private static final Ballot SECOND = new Ballot(2, "two");

    @TempDir
    private Path folder;

    private Store open() throws IOException {
        return new Store(folder, 1 << 20);
    }

    private static Message prepare(Ballot ballot) {
        return new Message(Kind.PREPARE, "p", "n1", ballot, null, null);
    }

    private static Message accept(Ballot ballot, String value) {
        return new Message(Kind.ACCEPT, "p", "n1", ballot, null, new Accepted(ballot, value));
    }

    @Test
    void whatWasAnsweredIsThereAfterARestart() throws Exception {
        byte[] body = {1, 2, 3};
        try (Store store = open()) {
            store.take("c", prepare(FIRST), Store.Bytes.NONE).get();
            assertEquals(
                    Kind.ACCEPTED,
                    store.take("c", accept(FIRST, "v"), new Store.Bytes(2, body))
                            .get()
                            .kind());
            store.take("c", prepare(SECOND), Store.Bytes.NONE).get();
        }
        try (Store store = open()) {
            Held held = store.find("c").orElseThrow();
            assertArrayEquals(body, store.read(held));
            assertEquals(2, held.fragment());
            assertEquals(SECOND, held.acceptor().promised());
            assertEquals(
                    Kind.NACK,
                    store.take("c", accept(FIRST, "w"), Store.Bytes.NONE).get().kind());
            Message promise = store.take("c", prepare(new Ballot(3, "x")), Store.Bytes.NONE)
                    .get();
            assertEquals(new Accepted(FIRST, "v"), promise.accepted());
        }
    }

    @Test
    void logThatIsCutOffAnywhereHasAcceptanceAndBytesOrNeither() throws Exception {
        byte[] body = new byte[300];
        new Random(1).nextBytes(body);
        long before;
        try (Store store = open()) {
            store.take("c", prepare(FIRST), Store.Bytes.NONE).get();
            before = Files.size(store.file());
            store.take("c", accept(FIRST, "v"), new Store.Bytes(0, body)).get();
        }
        byte[] whole = Files.readAllBytes(folder.resolve("store.log"));
        for (int length = 0; length <= whole.length; length++) {
            Files.write(folder.resolve("store.log"), java.util.Arrays.copyOf(whole, length));
            try (Store store = open()) {
                boolean isAccepted = store.find("c").map(Held::hasBytes).orElse(false);
                assertEquals(length == whole.length, isAccepted, "cut off at " + length);
                if (length >= before) {
                    assertEquals(FIRST, store.find("c").orElseThrow().acceptor().promised());
                }
                if (isAccepted) {
                    assertArrayEquals(body, store.read(store.find("c").orElseThrow()));
                }
            }
        }
    }

    @Test
    void bytesThatRotTakeNoPromiseWithThem() throws Exception {
        try (Store store = open()) {
            store.take("c", accept(FIRST, "v"), new Store.Bytes(0, new byte[100]))
                    .get();
            store.take("d", prepare(SECOND), Store.Bytes.NONE).get();
        }
        byte[] all = Files.readAllBytes(folder.resolve("store.log"));
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("store.log").toFile(), "rw")) {
            long inBody = indexOfZeros(all) + 50L;
            file.seek(inBody);
            file.write(7);
        }
        try (Store store = open()) {
            Held held = store.find("c").orElseThrow();
            assertFalse(store.isSound("c", held));
            assertEquals(SECOND, store.find("d").orElseThrow().acceptor().promised());
            assertFalse(store.repair("c", new byte[99]).get());
            assertTrue(store.repair("c", new byte[100]).get());
            assertTrue(store.isSound("c", store.find("c").orElseThrow()));
        }
        try (Store store = open()) {
            assertTrue(store.isSound("c", store.find("c").orElseThrow()));
        }
    }

    private static int indexOfZeros(byte[] all) {
        int zeros = 0;
        for (int at = 0; at < all.length; at++) {
            zeros = all[at] == 0 ? zeros + 1 : 0;
            if (zeros == 100) {
                return at - 99;
            }
        }
        throw new AssertionError("no body of zeros");
    }

    @Test
    void fullStoreRefusesAndKeepsWhatItHas() throws Exception {
        try (Store store = new Store(folder, 900)) {
            store.take("c", accept(FIRST, "v"), new Store.Bytes(0, new byte[400]))
                    .get();
            ExecutionException refused = assertThrows(
                    ExecutionException.class,
                    () -> store.take("d", accept(FIRST, "v"), new Store.Bytes(0, new byte[400]))
                            .get());
            assertInstanceOf(Store.Full.class, refused.getCause());
            assertTrue(store.find("d").isEmpty());
            assertArrayEquals(new byte[400], store.read(store.find("c").orElseThrow()));
        }
    }

    @Test
    void deletedKeyIsForgotten() throws Exception {
        try (Store store = open()) {
            store.take("c", accept(FIRST, "v"), new Store.Bytes(0, new byte[400]))
                    .get();
            store.delete("c").get();
        }
        try (Store store = open()) {
            assertTrue(store.find("c").isEmpty());
            assertEquals(0, store.usedAndLiveBytes()[1]);
        }
    }
}
