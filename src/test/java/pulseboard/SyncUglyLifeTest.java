package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three agents and a coordinator that are killed, stopped and given old indexes all the time, while people work on their
 * files, whose times are days apart. At the end all folders are equal, by a tool that is not ours; no reader ever saw half a file; nothing that was written once
 * is lost. Seconds: {@code pulseboard.ugly.seconds}; the seed is printed.
 */
@Tag("soak")
@Timeout(value = 40, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SyncUglyLifeTest {

    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final int SECONDS = Integer.getInteger("pulseboard.ugly.seconds", 180);
    private static final int END_SECONDS = 240;

    @TempDir
    private Path root;

    private final long seed = Long.getLong("pulseboard.ugly.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<String, Program> agents = new TreeMap<>();
    private final Map<String, String> kept = new TreeMap<>();
    private final ConcurrentSkipListSet<String> torn = new ConcurrentSkipListSet<>();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private @Nullable Program coordinator;
    private int port;
    private int written;

    private Path folder(String name) {
        return root.resolve(name);
    }

    private Path state(String name) {
        return root.resolve("state-" + name);
    }

    @AfterEach
    void stop() {
        isOver.set(true);
        agents.values().forEach(Program::close);
        if (coordinator != null) {
            kill(coordinator);
        }
    }

    /** With the process that it has started for its jobs. */
    private static void kill(Program program) {
        long pid = Long.parseLong(program.proc().getFileName().toString());
        ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
        program.close();
    }

    private void startCoordinator() throws Exception {
        Path settings = root.resolve("pulseboard.yaml");
        Path state = Files.createDirectories(root.resolve("pulseboard"));
        Files.writeString(
                settings,
                "sync: {enabled: true, port: " + port + ", folder: " + state.resolve("sync") + "}\nauth: {folder: "
                        + state + "}\n");
        Map<String, String> environment = Map.of("LC_ALL", "C.UTF-8", "PULSEBOARD_AUTH_FOLDER", state.toString());
        coordinator = Program.start(environment, "--no-auth", "--port", "0", "--config", settings.toString());
        Path address = state.resolve("sync/address.json");
        Until.isTrue("the coordinator listens", () -> Files.exists(address));
        port = new JsonObject(Files.readString(address)).getInteger("port");
    }

    private void start(String name, String... more) throws IOException {
        Map<String, String> environment = Map.of("LC_ALL", "C.UTF-8");
        List<String> arguments = new java.util.ArrayList<>(
                List.of("sync", "agent", "--state", state(name).toString()));
        arguments.addAll(List.of(more));
        agents.put(name, Program.start(environment, arguments.toArray(String[]::new)));
    }

    private void join(String name) throws Exception {
        Files.createDirectories(folder(name));
        String code =
                SyncCommand.invitation(root.resolve("pulseboard/sync"), "ugly").code();
        start(name, "--join", code, "--name", name, "--folder", "ugly=" + folder(name), "--keep-free", "0");
        Until.isTrue(name + " has joined", () -> Files.exists(state(name).resolve("agent.json")));
    }

    @Test
    void whateverHappensAllEndsEqualAndNothingIsLost() throws Exception {
        System.out.println("seed " + seed + ", " + SECONDS + " s");
        startCoordinator();
        for (String name : NAMES) {
            join(name);
        }
        Thread reader = new Thread(this::read);
        reader.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        for (int step = 0; System.nanoTime() - end < 0; step++) {
            for (String name : NAMES) {
                live(name);
            }
            if (step % 20 == 19) {
                misfortune();
            }
            TimeUnit.MILLISECONDS.sleep(50 + random.nextInt(150));
        }
        awaitEqual();
        isOver.set(true);
        reader.join();
        assertTrue(torn.isEmpty(), torn::toString);
        kept.forEach(
                (path, hash) -> assertEquals(hash, HashedFile.hashOf(folder("a").resolve(path)), path));
        System.out.println(written + " files written, " + kept.size() + " of them once, "
                + paths("a").size() + " at the end");
    }

    /** What people do. Each file begins with the hash of the rest, and is put there whole. */
    private void live(String name) throws IOException {
        String path = "d" + random.nextInt(4) + "/f" + random.nextInt(20);
        Path file = folder(name).resolve(path);
        switch (random.nextInt(8)) {
            case 0 -> {
                String once = "kept/" + name + "-" + written;
                kept.put(once, write(folder(name).resolve(once), 1 + random.nextInt(50_000)));
            }
            case 1 -> Files.deleteIfExists(file);
            case 2 -> move(file, folder(name).resolve("d" + random.nextInt(4) + "/f" + random.nextInt(20)));
            case 3 -> write(file, 1_000_000 + random.nextInt(3_000_000));
            default -> write(file, 1 + random.nextInt(20_000));
        }
    }

    private String write(Path file, int length) throws IOException {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        long days =
                file.startsWith(folder("b")) ? -1 : file.startsWith(folder("c")) ? 1 : 0; // By clocks that are wrong.
        String hash = HashedFile.write(root, file, bytes, Instant.now().plusSeconds(86_400 * days));
        written++;
        return hash;
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.createDirectories(to.getParent());
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            // It is not there.
        }
    }

    private void misfortune() throws Exception {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        switch (random.nextInt(5)) {
            case 0 -> {
                kill(Objects.requireNonNull(coordinator));
                startCoordinator();
            }
            case 1 -> {
                agent(name).signal("STOP");
                TimeUnit.SECONDS.sleep(random.nextInt(4));
                agent(name).signal("CONT");
            }
            case 2 -> restoreIndex(name);
            default -> {
                agent(name).close();
                live(name); // While nobody looks.
                start(name);
            }
        }
    }

    private Program agent(String name) {
        return Objects.requireNonNull(agents.get(name));
    }

    /** The index is what it was some edits ago. */
    private void restoreIndex(String name) throws Exception {
        Path index = state(name).resolve("ugly.mv");
        agent(name).close();
        Path copy = root.resolve("copy-" + name);
        if (Files.exists(index)) {
            if (Files.exists(copy) && random.nextBoolean()) {
                Files.copy(copy, index, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.copy(index, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        start(name);
    }

    /** Looks at all files all the time. */
    private void read() {
        while (!isOver.get()) {
            for (String name : NAMES) {
                for (String path : paths(name)) {
                    String hash = HashedFile.hashOf(folder(name).resolve(path));
                    if (hash.equals("torn")) {
                        torn.add(name + ": " + path);
                    }
                }
            }
        }
    }

    private NavigableSet<String> paths(String name) {
        NavigableSet<String> all = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder(name))) {
            files.filter(Files::isRegularFile)
                    .map(each -> folder(name).relativize(each).toString())
                    .filter(each -> !each.startsWith(".pulseboard-sync"))
                    .forEach(all::add);
        } catch (IOException | UncheckedIOException e) {
            return all; // Somebody deletes a directory.
        }
        return all;
    }

    private void awaitEqual() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        String said = "nothing";
        while (!said.isEmpty()) {
            assertTrue(System.nanoTime() - end < 0, "not equal: " + said);
            TimeUnit.SECONDS.sleep(1);
            said = difference("b") + difference("c");
        }
    }

    private String difference(String other) throws Exception {
        Process diff = new ProcessBuilder(
                        "diff",
                        "-rq",
                        "--exclude=.pulseboard-sync",
                        folder("a").toString(),
                        folder(other).toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(diff.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        diff.waitFor();
        return said;
    }
}
