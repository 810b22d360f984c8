package pulseboard.board.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import pulseboard.Until;
import pulseboard.board.sync.agent.AgentConfig;
import pulseboard.board.sync.agent.AgentLimits;
import pulseboard.board.sync.agent.Join;
import pulseboard.board.sync.content.Content;
import pulseboard.board.sync.wire.Identity;
import pulseboard.board.sync.wire.Invitation;
import pulseboard.board.sync.wire.Wire;

/** One agent to another: who is given contents, and what is made of what an impostor says. */
class SyncImpostorTest extends SyncMachines {

    private static final int WHOLE = 1;
    private static final int LIST = 2;
    private static final int CHUNKS = 3;
    private static final int BLOCKS = 4;

    /** Of a file with "content" in it. */
    private static final String CONTENT_ID = contentId("content");

    private static final int FRAMES = Integer.getInteger("pulseboard.sync.frames", 150);

    SyncImpostorTest() {
        super("a");
    }

    private Impostor impostor(String name, String folder, Impostor.Answers answers) throws Exception {
        Invitation invitation = sync.invitation();
        invitation.keep(root.resolve("coordinator/invitations"), folder, System.currentTimeMillis());
        AgentConfig config = new AgentConfig(
                name,
                invitation.host(),
                invitation.port(),
                invitation.coordinator(),
                "127.0.0.1",
                Map.of(folder, Files.createDirectories(root.resolve(name)).toString()),
                new AgentLimits(0, 0, 0, Map.of()));
        assertEquals("", Join.join(sync.state(name), invitation, config, folder));
        return new Impostor(sync.state(name), folder, answers);
    }

    private static String contentId(String text) {
        try {
            return content(text.getBytes(StandardCharsets.UTF_8)).id();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static Content content(byte[] bytes) throws IOException {
        return Content.read(
                Channels.newChannel(new ByteArrayInputStream(bytes)), bytes.length, (all, from, length) -> {});
    }

    /** What an agent answers to whoever asks for this content; -1 when it closes without a byte. */
    private static int asked(Wire wire, String contentId) {
        try (wire) {
            wire.out().writeByte(WHOLE);
            wire.out().writeInt(1);
            wire.out().write(HexFormat.of().parseHex(contentId));
            wire.out().flush();
            return wire.in().read();
        } catch (IOException e) {
            return -1;
        }
    }

    @Test
    void contentsAreGivenToMachinesOfTheirFolderOnly() throws Exception {
        sync.write("a", "f", "content");
        try (Impostor member = impostor("m", "docs", wire -> {});
                Impostor other = impostor("o", "photos", wire -> {})) {
            Until.isTrue("it listens, and has it", () -> asked(member, member.port("a"), "docs") == 0);
            int port = member.port("a");
            assertEquals(-1, asked(other, port, "docs"));
            assertEquals(-1, asked(other, port, "photos"));
            assertEquals(-1, asked(member, port, "../docs"));
            assertEquals(-1, stranger(port));
            sync.act("forget", new JsonObject().put("node", "m"));
            Until.isTrue("whoever is forgotten gets nothing", () -> asked(member, port, "docs") < 0);
        }
    }

    private static int stranger(int port) throws Exception {
        try {
            Wire wire = Impostor.connect(Identity.make(), port);
            wire.out().writeUTF("docs");
            return asked(wire, CONTENT_ID);
        } catch (IOException e) {
            return -1; // It is not even listened to.
        }
    }

    private static int asked(Impostor machine, int port, String folder) throws Exception {
        try {
            return asked(machine.connect(port, folder), CONTENT_ID);
        } catch (IOException e) {
            return -1;
        }
    }

    @Test
    void bytesThatAreOthersThanTheirNameAreNeverShownAndComeFromWhoeverHasThem() throws Exception {
        byte[] bytes = random(3_000, 2);
        Content content = content(bytes);
        AtomicInteger lies = new AtomicInteger();
        try (Impostor liar = impostor("liar", "docs", wire -> {
            while (wire.in().read() == WHOLE) {
                lies.incrementAndGet();
                wire.in().readNBytes(Content.HASH * wire.in().readInt());
                wire.out().writeByte(0);
                wire.out().writeInt(bytes.length);
                wire.out().write(random(bytes.length, 3));
                wire.out().flush();
            }
        })) {
            liar.announce("f", content.id(), bytes.length);
            Until.isTrue("it was asked twice", () -> lies.get() > 1);
            assertEquals(Map.of(), sync.tree("a"));
            sync.add("b");
            sync.write("b", "g", bytes);
            Until.isTrue(
                    "it comes from the other",
                    () -> Files.exists(sync.folder("a").resolve("f")));
            assertEquals(hash(bytes), sync.tree("a").get("f"));
        }
    }

    /** The list is right and all chunks are; only what was to be rebuilt from blocks is not. */
    @Test
    void chunkThatIsRebuiltWronglyIsFetchedWhole() throws Exception {
        byte[] before = random(4 << 20, 4);
        byte[] after = before.clone();
        after[1 << 20] ^= 1;
        Map<String, byte[]> all =
                Map.of(content(before).id(), before, content(after).id(), after);
        AtomicInteger wrong = new AtomicInteger();
        try (Impostor liar = impostor("liar", "docs", wire -> serve(wire, all, wrong))) {
            liar.announce("f", content(before).id(), before.length);
            Map<String, String> wanted = new HashMap<>(Map.of("f", hash(before)));
            sync.awaitTree("a", wanted);
            assertEquals(0, wrong.get());
            liar.announce("f", content(after).id(), after.length);
            wanted.put("f", hash(after));
            sync.awaitTree("a", wanted);
            assertTrue(wrong.get() > 0, "nothing was asked for by blocks");
        }
    }

    private static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(Content.sha256().digest(bytes));
    }

    /** Answers as an agent does, but for what is to be rebuilt. */
    private static void serve(Wire wire, Map<String, byte[]> all, AtomicInteger wrong) throws IOException {
        DataInputStream in = wire.in();
        DataOutputStream out = wire.out();
        for (int what = in.read(); what >= 0; what = in.read()) {
            byte[] bytes = Objects.requireNonNull(all.get(HexFormat.of().formatHex(in.readNBytes(Content.HASH))));
            Content content = content(bytes);
            switch (what) {
                case LIST -> {
                    in.readNBytes(Content.HASH);
                    out.writeShort(0); // It comes, and is no difference.
                    out.writeInt(content.toBytes().length);
                    out.write(content.toBytes());
                }
                case CHUNKS -> chunks(in, out, content, bytes);
                case BLOCKS -> wrong.addAndGet(blocks(in, out, content));
                default -> throw new IOException("an unknown question: " + what);
            }
            out.flush();
        }
    }

    private static void chunks(DataInputStream in, DataOutputStream out, Content content, byte[] bytes)
            throws IOException {
        int runs = in.readInt();
        out.writeByte(0);
        for (int run = 0; run < runs; run++) {
            int first = in.readInt();
            int end = first + in.readInt();
            for (int chunk = first; chunk < end; chunk++) {
                out.writeInt(content.length(chunk));
                out.write(bytes, (int) content.offset(chunk), content.length(chunk));
            }
        }
    }

    /** Says of each run that all of it is new, and other bytes. Returns how many there were. */
    private static int blocks(DataInputStream in, DataOutputStream out, Content content) throws IOException {
        int runs = in.readInt();
        out.writeByte(0);
        for (int run = 0; run < runs; run++) {
            int first = in.readInt();
            int end = first + in.readInt();
            in.readLong();
            in.readNBytes(in.readInt());
            int size = (int) (content.offset(end) - content.offset(first));
            out.writeInt(4 + size);
            out.writeInt(-size);
            out.write(random(size, 5));
        }
        return runs;
    }

    /** What members of the folder ask, and then not as they should. */
    private static byte[] question(Random random) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(1 + random.nextInt(5));
        if (random.nextInt(4) > 0) {
            out.writeInt(random.nextInt(3));
        }
        out.write(HexFormat.of().parseHex(CONTENT_ID));
        for (int number = random.nextInt(6); number > 0; number--) {
            out.writeInt(new int[] {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 4_096}[random.nextInt(6)]);
        }
        byte[] all = bytes.toByteArray();
        for (int number = random.nextInt(4); number > 0; number--) {
            all[random.nextInt(all.length)] = (byte) random.nextInt();
        }
        return all;
    }

    @Test
    void whateverIsAskedTheOthersAreAnswered() throws Exception {
        sync.write("a", "f", "content");
        Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
        try (Impostor member = impostor("m", "docs", wire -> {})) {
            Until.isTrue("it listens, and has it", () -> asked(member, member.port("a"), "docs") == 0);
            Random random = new Random(18);
            for (int number = 0; number < FRAMES; number++) {
                try (Wire wire = member.connect(member.port("a"), "docs")) {
                    wire.out().write(question(random));
                    wire.out().flush();
                } catch (IOException e) {
                    // It has had enough, or as many as it takes.
                }
            }
            Until.isTrue("it is answered", () -> asked(member, member.port("a"), "docs") == 0);
            assertEquals(List.of(), List.copyOf(uncaught));
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(null);
        }
    }
}
