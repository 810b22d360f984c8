package pulseboard;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import pulseboard.board.uploads.DavServer;
import pulseboard.board.uploads.RcloneTools;
import pulseboard.board.uploads.engine.QueueBench;

/** What it costs to supervise rclone, beside an rclone alone that copies the same files to the same server in the same run. */
final class UploadsBench {

    private static final int FILES = 1_000;
    private static final int MEBIBYTES = 400;
    private static final int LARGE_FILES = 4;
    private static final int SMALL_BYTES = 20_000;
    private static final double TICKS = 100;
    private static final Pattern TIME = Pattern.compile("TIME ([\\d.]+) ([\\d.]+) ([\\d.]+)");

    private final UploadsSite site;
    private final Path folder;

    private UploadsBench(Path folder) throws IOException {
        this.folder = folder;
        site = new UploadsSite(folder);
    }

    /**
     * Prints the table.
     *
     * @param measure how many small files, and how many MiB four large ones have together; empty: as usual
     */
    static void run(String measure) throws Exception {
        String[] sizes = measure.isEmpty() ? new String[0] : measure.split(",", -1);
        Path memory = Path.of("/dev/shm");
        Path work = Files.createTempDirectory(Files.isWritable(memory) ? memory : Path.of("target/bench"), "uploads");
        try {
            UploadsBench bench = new UploadsBench(work);
            bench.make(
                    sizes.length == 0 ? FILES : Integer.parseInt(sizes[0]),
                    sizes.length < 2 ? MEBIBYTES : Integer.parseInt(sizes[1]));
            System.out.printf(
                    "%n%-14s %9s %12s %12s %14s %14s %13s %10s%n",
                    "rclone",
                    "alone s",
                    "its CPU s",
                    "session s",
                    "its CPU s",
                    "worker CPU s",
                    "monitor CPU s",
                    "worker/its");
            for (RcloneTools rclone : RcloneTools.values()) {
                bench.measure(rclone);
            }
            UploadsPollBench.run(work);
            QueueBench.run(work);
        } finally {
            remove(work);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private void make(int small, int mebibytes) throws IOException {
        Random random = new Random(5);
        byte[] content = new byte[SMALL_BYTES];
        for (int number = 0; number < small; number++) {
            random.nextBytes(content);
            old(Files.write(site.source().resolve("small" + number), content));
        }
        byte[] large = new byte[(mebibytes / LARGE_FILES) << 20];
        for (int number = 0; number < LARGE_FILES; number++) {
            random.nextBytes(large);
            old(Files.write(site.source().resolve("large" + number), large));
        }
    }

    private static void old(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - 86_400_000));
    }

    /** Seconds, and seconds of CPU. */
    private record Cost(double seconds, double cpu) {}

    private void measure(RcloneTools rclone) throws Exception {
        try (DavServer server = new DavServer(folder.resolve("server-" + rclone))) {
            String remotes = server.remote("dav", server.port());
            Path settings = site.settings(rclone, remotes);
            Cost alone = alone(rclone);
            JsonObject changed = new JsonObject(Files.readString(settings));
            changed.getJsonObject("uploads")
                    .put("folder", folder.resolve("state-" + rclone).toString())
                    .put("pollMilliseconds", 1_000);
            Files.writeString(settings, changed.encode());
            Map<String, String> environment = Map.of(
                    "LC_ALL",
                    "C.UTF-8",
                    "XDG_STATE_HOME",
                    folder.resolve("monitor-" + rclone).toString());
            try (Program program = Program.start(environment, "--port", "0", "--config", settings.toString())) {
                URI address = program.awaitAddress();
                session(program, address, rclone + " first", alone);
                remove(server.folder().resolve("in"));
                try (Stream<Path> files = Files.list(site.source())) {
                    for (Path file : files.toList()) {
                        old(file); // As if it were another one.
                    }
                }
                session(program, address, rclone + " again", alone);
                program.terminate();
                program.awaitEndUnread();
            }
        }
    }

    private Cost alone(RcloneTools rclone) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("bash", "-c", "TIMEFORMAT='TIME %R %U %S'; time \"$@\"", "bash"));
        command.addAll(List.of(rclone.program(), "copy", site.source().toString(), "dav:alone", "--transfers", "2"));
        command.addAll(List.of("--config", folder.resolve("rclone.conf").toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher time = TIME.matcher(said);
        if (process.waitFor() != 0 || !time.find()) {
            throw new AssertionError(said);
        }
        return new Cost(number(time, 1), number(time, 2) + number(time, 3));
    }

    private static double number(Matcher match, int group) {
        return Double.parseDouble(match.group(group));
    }

    private void session(Program program, URI address, String name, Cost alone) throws Exception {
        Until.isTrue("it can be started", () -> site.act(address, "list", "{\"uploader\":\"media\"}") == 200);
        Until.isTrue(
                "it is listed",
                () -> site.uploader(address)
                                .getJsonObject("queue", new JsonObject())
                                .getInteger("files", 0)
                        > 0);
        Path worker = worker();
        double before = own(worker);
        double monitorBefore = own(program.proc());
        double rcloneBefore = ofChildren(worker);
        site.act(address, "start", "{\"uploader\":\"media\"}");
        Until.isTrue("it begins", () -> !isDone(address));
        while (!isDone(address)) {
            TimeUnit.SECONDS.sleep(2); // Asking costs, too.
        }
        double ours = own(worker) - before;
        double monitor = own(program.proc()) - monitorBefore;
        Until.isTrue("its rclone has ended", () -> ofChildren(worker) > rcloneBefore);
        double its = ofChildren(worker) - rcloneBefore;
        long seconds = site.uploader(address).getJsonObject("session").getLong("seconds");
        System.out.printf(
                "%-14s %9.1f %12.2f %12d %14.2f %14.2f %13.2f %9.1f%%%n",
                name, alone.seconds, alone.cpu, seconds, its, ours, monitor, 100 * ours / alone.cpu);
    }

    private boolean isDone(URI address) throws Exception {
        return site.uploader(address).getString("phase", "").equals("done");
    }

    private Path worker() throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> commandLine(process).contains("\0work\0--child\0"))
                    .filter(process -> commandLine(process).contains(folder.toString()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // It has ended.
        }
    }

    /** Seconds of CPU, by proc_pid_stat(5). */
    private static double own(Path process) throws IOException {
        return ticks(process, 11) + ticks(process, 12);
    }

    /** Those of its children that have ended. */
    private static double ofChildren(Path process) throws IOException {
        return ticks(process, 13) + ticks(process, 14);
    }

    private static double ticks(Path process, int field) throws IOException {
        String stat = Files.readString(process.resolve("stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[field]) / TICKS;
    }
}
