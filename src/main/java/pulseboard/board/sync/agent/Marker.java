package pulseboard.board.sync.agent;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;
import pulseboard.board.sync.rules.Table;

/**
 * Tells whether a folder and the index of it belong together. Both hold the same incarnation and a generation that is raised at each start:
 * if one of them was put back from a copy, or the disk of the folder is not there, they differ.
 */
final class Marker {

    private static final String INCARNATION = "incarnation";
    private static final String GENERATION = "generation";
    private static final String RAISING = "raising";

    private final Path file;
    private final Table<String, String> facts;
    private final Runnable commit;

    /** What was found. */
    enum State {
        /** They belong together, or both are new. */
        FITS,
        /** One of them is older than the other: nothing may be told as deleted. */
        OLD,
        /** The index knows the folder, and the folder is not there. */
        MISSING
    }

    Marker(Tree tree, Table<String, String> facts, Runnable commit) {
        file = tree.own("folder.json");
        this.facts = facts;
        this.commit = commit;
    }

    State look() throws IOException {
        String incarnation = facts.get(INCARNATION);
        if (!Files.exists(file)) {
            return incarnation == null ? State.FITS : State.MISSING;
        }
        JsonObject there = read();
        if (incarnation == null || !incarnation.equals(there.getString(INCARNATION))) {
            return State.OLD;
        }
        String generation = String.valueOf(there.getLong(GENERATION));
        boolean fits = generation.equals(facts.get(GENERATION)) || generation.equals(facts.get(RAISING));
        return fits ? State.FITS : State.OLD;
    }

    /** Whether the folder is there, of whichever generation. */
    boolean isThere() {
        return Files.exists(file);
    }

    private JsonObject read() throws IOException {
        try {
            return new JsonObject(Files.readString(file));
        } catch (DecodeException e) {
            return new JsonObject();
        }
    }

    String incarnation() {
        return Objects.requireNonNullElse(facts.get(INCARNATION), "");
    }

    long generation() {
        return Long.parseLong(Objects.requireNonNullElse(facts.get(GENERATION), "0"));
    }

    /** Both go up by one; if that is cut short, both are still known to belong together. */
    void raise() throws IOException {
        if (facts.get(INCARNATION) == null) {
            facts.put(INCARNATION, UUID.randomUUID().toString());
        }
        long next = generation() + 1;
        facts.put(RAISING, Long.toString(next));
        commit.run();
        write(new JsonObject().put(INCARNATION, incarnation()).put(GENERATION, next));
        facts.put(GENERATION, Long.toString(next));
        commit.run();
    }

    private void write(JsonObject marker) throws IOException {
        Files.createDirectories(file.getParent());
        Path made = file.resolveSibling("folder.json.new");
        try (FileChannel channel = FileChannel.open(
                made, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            int unused = channel.write(ByteBuffer.wrap(marker.encode().getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
