package pulseboard;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * File sync beside Debian's rsync and Syncthing: the same files, the same edits, one program after the other, each with two folders on
 * one disk. All runs in a network of its own, whose loopback counts the bytes of everybody alike: content, questions, control
 * and acknowledgements, with the headers of TCP/IP.
 */
final class SyncBench {

    private static final int SMALL_FILES = 20_000;
    private static final int SMALL_MOST = 34_000;
    private static final int LARGE_MEBIBYTES = 2_048;
    private static final int EDITS = 500;
    private static final int EDIT_BYTES = 4_096;
    private static final int NOTES = 20;
    private static final int FEW_NOTES = 6;
    private static final long MOST_SECONDS = 900;
    private static final String LARGE = "large.bin";

    private final List<String> lines = new ArrayList<>();

    private SyncBench() {}

    /**
     * Starts itself in a network of its own.
     *
     * @param names which programs, such as {@code pulseboard,rsync}; empty: all
     */
    static void run(String names) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("unshare", isRoot() ? "-n" : "-rn", "sh", "-ec", "ip link set lo up; exec \"$@\"", "sh"));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SyncBench.class.getName(),
                names));
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            System.exit(1);
        }
    }

    /** Where users are mapped, the daemon of rsync cannot set its groups: then its figures are missing. */
    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** All tables. */
    public static void main(String[] arguments) throws Exception {
        Path work = Files.createTempDirectory(
                Files.createDirectories(Path.of("target/bench")).toAbsolutePath(), "sync");
        try {
            SyncBench bench = new SyncBench();
            Jvm jvm = Jvm.all().get(0);
            Map<String, Callable<SyncPeer>> all = new LinkedHashMap<>();
            all.put("pulseboard", () -> new SyncPeers.Ours(work.resolve("ours"), jvm));
            all.put("syncthing", () -> new SyncPeers.Syncthing(work.resolve("syncthing")));
            all.put("rsync", () -> new SyncPeers.Rsync(work.resolve("rsync"), false));
            all.put("rsync --fsync", () -> new SyncPeers.Rsync(work.resolve("durable"), true));
            if (!arguments[0].isEmpty()) {
                all.keySet().retainAll(List.of(arguments[0].split(",")));
            }
            for (Map.Entry<String, Callable<SyncPeer>> each : all.entrySet()) {
                bench.measure(each.getKey(), each.getValue());
            }
            bench.print();
        } finally {
            remove(work);
        }
        System.exit(0);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void measure(String name, Callable<SyncPeer> making) throws Exception {
        SyncPeer peer = making.call();
        try (peer) {
            List<Path> files = fill(peer.from);
            peer.prepare();
            long bytes = loopbackBytes();
            long began = System.nanoTime();
            peer.begin();
            awaitAll(peer, files);
            double seconds = (System.nanoTime() - began) / 1e9;
            SyncPeer.Used used = peer.used();
            requireEqual(peer, files);
            say("first sync", name, new Result(seconds, loopbackBytes() - bytes, used));
            change(name, peer, EDITS + " x 4 KiB at random places", SyncBench::scatter);
            change(name, peer, "1 byte put in front", file -> put(file, new byte[] {1}, true));
            change(name, peer, "1 MiB put at the end", file -> put(file, random(1_000_009, 1 << 20), false));
            if (!name.startsWith(
                    "rsync")) { // It does not watch, and takes an edit of the same size and second for none.
                notes(name, peer);
            }
        }
        remove(peer.home);
    }

    /** Returns all paths, the large file last. */
    private static List<Path> fill(Path folder) throws IOException {
        Random random = new Random(11);
        List<Path> all = new ArrayList<>();
        for (int number = 0; number < SMALL_FILES; number++) {
            Path path = Path.of("d" + number / 100, "f" + number);
            Files.createDirectories(folder.resolve("d" + number / 100));
            byte[] bytes = new byte[random.nextInt(SMALL_MOST)];
            random.nextBytes(bytes);
            Files.write(folder.resolve(path), bytes);
            all.add(path);
        }
        try (OutputStream out = Files.newOutputStream(folder.resolve(LARGE))) {
            for (int number = 0; number < LARGE_MEBIBYTES; number++) {
                out.write(random(number, 1 << 20));
            }
        }
        all.add(Path.of(LARGE));
        return all;
    }

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static void awaitAll(SyncPeer peer, List<Path> files) throws Exception {
        int there = 0;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (true) {
            while (there < files.size() && isThere(peer, files.get(there))) {
                there++;
            }
            if (there == files.size()) {
                return;
            }
            if (System.nanoTime() - end > 0) {
                throw new IOException("does not come: " + files.get(there));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static boolean isThere(SyncPeer peer, Path path) throws IOException {
        try {
            return Files.size(peer.to.resolve(path)) == Files.size(peer.from.resolve(path));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static void requireEqual(SyncPeer peer, List<Path> files) throws IOException {
        for (Path each : files) {
            if (Files.mismatch(peer.from.resolve(each), peer.to.resolve(each)) >= 0) {
                throw new IOException("not equal: " + each);
            }
        }
    }

    private interface Edit {
        void of(Path file) throws IOException;
    }

    private void change(String name, SyncPeer peer, String what, Edit edit) throws Exception {
        TimeUnit.SECONDS.sleep(12); // Whoever still looks again at what has come is done with it.
        SyncPeer.Used before = peer.used();
        long bytes = loopbackBytes();
        edit.of(peer.from.resolve(LARGE));
        long began = System.nanoTime();
        awaitEqual(peer, LARGE);
        double seconds = (System.nanoTime() - began) / 1e9;
        long sent = loopbackBytes() - bytes;
        SyncPeer.Used used = peer.used();
        SyncPeer.Used more = new SyncPeer.Used(used.cpuSeconds() - before.cpuSeconds(), used.mebibytes());
        say(what, name, new Result(seconds, sent, more));
    }

    /** Everybody replaces a file by another one, which is compared only then. */
    private static void awaitEqual(SyncPeer peer, String path) throws Exception {
        Path to = peer.to.resolve(path);
        @Nullable Object key = key(to);
        peer.changed();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        @Nullable Object now = key(to);
        while (now == null || now.equals(key)) { // Some have no file there for a moment.
            if (System.nanoTime() - end > 0) {
                throw new IOException("the change does not come");
            }
            TimeUnit.MILLISECONDS.sleep(5);
            now = key(to);
        }
        if (Files.mismatch(peer.from.resolve(path), to) >= 0) {
            throw new IOException("not equal: " + path);
        }
    }

    private static @Nullable Object key(Path file) throws IOException {
        try {
            return Files.getAttribute(file, "fileKey");
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static void scatter(Path path) throws IOException {
        Random random = new Random(3);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            for (int edit = 0; edit < EDITS; edit++) {
                file.seek((long) (random.nextDouble() * (file.length() - EDIT_BYTES)));
                file.write(random(edit, EDIT_BYTES));
            }
        }
    }

    private static void put(Path path, byte[] bytes, boolean isInFront) throws IOException {
        Path made = path.resolveSibling("../made");
        try (OutputStream out = Files.newOutputStream(made)) {
            if (isInFront) {
                out.write(bytes);
            }
            Files.copy(path, out);
            if (!isInFront) {
                out.write(bytes);
            }
        }
        Files.move(made, path, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private void notes(String name, SyncPeer peer) throws Exception {
        List<Double> seconds = new ArrayList<>();
        int count = name.equals("syncthing") ? FEW_NOTES : NOTES; // It waits for ten seconds by default.
        for (int number = 0; number < count; number++) {
            TimeUnit.MILLISECONDS.sleep(500 + number * 37);
            Files.write(peer.from.resolve("note.txt"), random(number, 1_000));
            long began = System.nanoTime();
            awaitEqual(peer, "note.txt");
            seconds.add((System.nanoTime() - began) / 1e9);
        }
        Collections.sort(seconds);
        lines.add(String.format(
                Locale.ROOT,
                "%-28s %-14s median %6.2f s, p95 %6.2f s of %d",
                "small edit seen elsewhere",
                name,
                seconds.get(count / 2),
                seconds.get((int) Math.ceil(count * 0.95) - 1),
                count));
    }

    private record Result(double seconds, long bytes, SyncPeer.Used used) {}

    private void say(String what, String name, Result result) {
        lines.add(String.format(
                Locale.ROOT,
                "%-28s %-14s %7.1f s %,14d B %7.1f s CPU %6.0f MiB",
                what,
                name,
                result.seconds,
                result.bytes,
                result.used.cpuSeconds(),
                result.used.mebibytes()));
        System.out.println(lines.get(lines.size() - 1));
    }

    private void print() {
        System.out.printf(
                Locale.ROOT,
                "%nFirst sync of %,d files (to %,d bytes) and one of %d MiB; then that one is changed%n",
                SMALL_FILES,
                SMALL_MOST,
                LARGE_MEBIBYTES);
        lines.stream()
                .sorted(Comparator.comparing(line -> line.substring(0, 28)))
                .forEach(System.out::println);
    }

    private static long loopbackBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/net/dev")).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("lo:"))
                .mapToLong(line -> Long.parseLong(line.split("\\s+", -1)[1]))
                .sum();
    }
}
