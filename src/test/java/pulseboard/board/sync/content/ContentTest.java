package pulseboard.board.sync.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContentTest {

    private static final int PAIRS = 10_000;

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static Content read(byte[] bytes) throws IOException {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        Content content = Content.read(Channels.newChannel(new ByteArrayInputStream(bytes)), bytes.length, seen::write);
        assertArrayEquals(bytes, seen.toByteArray());
        assertEquals(bytes.length, content.size());
        return content;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** How many chunks of the one the other does not have. */
    private static int missing(Content now, Content old) {
        Set<ByteBuffer> known = new HashSet<>();
        IntStream.range(0, old.chunks()).forEach(chunk -> known.add(old.hash(chunk)));
        return (int) IntStream.range(0, now.chunks())
                .filter(chunk -> !known.contains(now.hash(chunk)))
                .count();
    }

    @Test
    void cutsStayWhereTheyAreForEver() throws IOException {
        Content content = read(random(1 << 20, 17));
        assertEquals(
                "fb4a75", // The table is part of the protocol.
                content.id().substring(0, 6));
        assertEquals(
                "[110011, 77199, 81345, 29449, 74108, 70367, 91141, 81874, 91001, 65354, 73069, 107806, 76524, 19328]",
                Arrays.toString(IntStream.range(0, content.chunks())
                        .map(content::length)
                        .toArray()));
    }

    @Test
    void smallFileIsOneChunkAndAnEmptyOneNone() throws IOException {
        assertEquals(1, read(random(16_384, 1)).chunks());
        assertEquals(0, read(new byte[0]).chunks());
    }

    @Test
    void changeAnywhereTouchesFewChunks() throws IOException {
        Random random = new Random(3);
        byte[] old = random(8 << 20, 2);
        Content before = read(old);
        for (int time = 0; time < 40; time++) {
            int at = random.nextInt(old.length - 200_000);
            byte[] head = Arrays.copyOf(old, at);
            int gone = random.nextInt(3) * random.nextInt(5_000);
            byte[] now =
                    joined(head, random(random.nextInt(1_000), time), Arrays.copyOfRange(old, at + gone, old.length));
            assertTrue(missing(read(now), before) <= 4, "at " + at);
        }
    }

    @Test
    void listIsRebuiltFromItsDifference() throws IOException {
        byte[] old = random(4 << 20, 4);
        byte[] now = joined(random(10, 5), Arrays.copyOf(old, 2 << 20), random(300_000, 6), old);
        Content before = read(old);
        Content after = read(now);
        byte[] delta = ListDelta.encode(before, after);
        assertEquals(
                after.id(),
                ListDelta.decode(before, delta, Content.mostListBytes(after.size()))
                        .id());
        assertTrue(delta.length < after.toBytes().length / 3, delta.length + " bytes");
        assertEquals(after.id(), Content.of(after.toBytes()).id());
    }

    @Test
    void bytesAreRebuiltFromBlocksWhateverTheyAre() {
        Random random = new Random(7);
        for (int pair = 0; pair < PAIRS; pair++) {
            byte[] old = random(random.nextInt(6_000), pair);
            int at = old.length == 0 ? 0 : random.nextInt(old.length);
            byte[] now = random.nextInt(8) == 0
                    ? random(random.nextInt(4_000), -pair)
                    : joined(
                            Arrays.copyOf(old, at),
                            random(random.nextInt(50), -pair),
                            Arrays.copyOfRange(old, at, old.length));
            long seed = random.nextLong();
            byte[] signatures = BlockDelta.signatures(old, old.length, seed);
            byte[] ops = BlockDelta.encode(now, now.length, signatures, seed);
            assertArrayEquals(now, BlockDelta.decode(old, old.length, ops, now.length), "pair " + pair);
        }
    }

    @Test
    void fewBytesChangedAreFewBytesSent() {
        byte[] old = random(65_536, 8);
        byte[] now = joined(new byte[] {1}, old);
        byte[] signatures = BlockDelta.signatures(old, old.length, 9);
        assertTrue(BlockDelta.encode(now, now.length, signatures, 9).length < 20);
    }

    @Test
    void answersThatLeadOutsideAreRefused() {
        byte[] old = random(4_096, 10);
        Random random = new Random(11);
        for (int time = 0; time < PAIRS; time++) {
            byte[] ops = random(random.nextInt(40), time);
            try {
                assertTrue(BlockDelta.decode(old, old.length, ops, 8_192).length <= 8_192);
            } catch (IllegalArgumentException refused) {
                assertEquals("no difference of these bytes", refused.getMessage());
            }
        }
        byte[] tooFar = ByteBuffer.allocate(6).putInt(3).putShort((short) 2).array();
        assertThrows(IllegalArgumentException.class, () -> BlockDelta.decode(old, old.length, tooFar, 8_192));
    }

    @Test
    void listsThatAreNoneAreRefused() throws IOException {
        Content old = read(random(300_000, 12));
        Random random = new Random(13);
        for (int time = 0; time < PAIRS; time++) {
            byte[] nonsense = random(random.nextInt(90), time);
            try {
                assertTrue(ListDelta.decode(old, nonsense, 1 << 20).chunks() >= 0);
            } catch (IllegalArgumentException refused) {
                assertTrue(refused.getMessage() != null);
            }
        }
    }

    /** Whoever is in the folder could else fill the memory of the others with a few bytes. */
    @Test
    void differenceThatMakesAListLongerThanItsContentIsRefused() throws IOException {
        Content old = read(random(300_000, 12));
        ByteBuffer delta = ByteBuffer.allocate(1 + 8 * 100_000).put((byte) 0);
        while (delta.hasRemaining()) {
            delta.putInt(1).putInt(0);
        }
        long most = Content.mostListBytes(300_000);
        assertThrows(IllegalArgumentException.class, () -> ListDelta.decode(old, delta.array(), most));
        assertEquals(
                100_000, ListDelta.decode(old, delta.array(), Long.MAX_VALUE).chunks());
    }
}
