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
import java.util.Set;
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
        return new Store(folder, 64 << 20);
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
            assertArrayEquals(body, store.read("c"));
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
            before = Files.size(folder.resolve("store.log"));
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
                    assertArrayEquals(body, store.read("c"));
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
            assertFalse(store.isSound("c"));
            assertEquals(SECOND, store.find("d").orElseThrow().acceptor().promised());
            assertFalse(store.repair("c", new byte[99]).get());
            assertTrue(store.repair("c", new byte[100]).get());
            assertTrue(store.isSound("c"));
        }
        try (Store store = open()) {
            assertTrue(store.isSound("c"));
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
            assertArrayEquals(new byte[400], store.read("c"));
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

    /** Some keys with 1 MB each, of which all but two are deleted; then a new log. */
    private void fillAndCompact(Store store) throws Exception {
        for (int n = 0; n < 20; n++) {
            store.take("k" + n, accept(FIRST, "v" + n), new Store.Bytes(n % 5, new byte[1_000_000]))
                    .get();
        }
        store.take("promised", prepare(SECOND), Store.Bytes.NONE).get();
        store.chosen("k0").get();
        for (int n = 2; n < 20; n++) {
            store.delete("k" + n).get();
        }
        assertTrue(store.compact());
    }

    @Test
    void spaceOfWhatIsDeletedIsGivenBack() throws Exception {
        try (Store store = open()) {
            fillAndCompact(store);
            assertTrue(store.usedAndLiveBytes()[0] < 2_100_000);
            assertArrayEquals(new byte[1_000_000], store.read("k1"));
            store.take("later", accept(FIRST, "w"), new Store.Bytes(0, new byte[10]))
                    .get();
            assertFalse(store.compact());
            store.deleteReplaced();
        }
        assertFalse(Files.exists(folder.resolve("store.log")));
        try (Store store = open()) {
            assertEquals(Set.of("k0", "k1", "promised", "later"), store.all().keySet());
            assertTrue(store.find("k0").orElseThrow().isChosen());
            assertEquals(1, store.find("k1").orElseThrow().fragment());
            assertEquals(SECOND, store.find("promised").orElseThrow().acceptor().promised());
            assertTrue(store.isSound("k0"));
        }
    }

    @Test
    void newLogThatIsNotWholeIsLeftOut() throws Exception {
        try (Store store = open()) {
            fillAndCompact(store);
        }
        byte[] whole = Files.readAllBytes(folder.resolve("store.1.log"));
        Files.write(folder.resolve("store.2.log.new"), java.util.Arrays.copyOf(whole, 5_000));
        try (Store store = open()) {
            assertArrayEquals(new byte[1_000_000], store.read("k1"));
            assertFalse(Files.exists(folder.resolve("store.2.log.new")));
        }
    }

    @Test
    void bytesThatHaveRottenAreNotSoundInTheNewLogEither() throws Exception {
        try (Store store = open()) {
            for (int n = 0; n < 20; n++) {
                store.take("k" + n, accept(FIRST, "v"), new Store.Bytes(0, new byte[1_000_000]))
                        .get();
            }
            Held held = store.find("k0").orElseThrow();
            try (RandomAccessFile file =
                    new RandomAccessFile(folder.resolve("store.log").toFile(), "rw")) {
                file.seek(held.offset() + 7);
                file.write(1);
            }
            for (int n = 1; n < 20; n++) {
                store.delete("k" + n).get();
            }
            assertTrue(store.compact());
            assertFalse(store.isSound("k0"));
        }
        try (Store store = open()) {
            assertFalse(store.isSound("k0"), "the acceptance is there, and its bytes are known to be damaged");
        }
    }
}
