package pulseboard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import pulseboard.board.s3.S3Server;

/**
 * The S3 engine beside rclone (Debian's, and sid's), aws and s3cmd: the same files to the same server, one after the other. CPU is
 * that of the whole process with its start, memory its highest.
 */
final class S3Bench {

    private static final int SMALL_FILES = 10_000;
    private static final int SMALL_LEAST = 4_096;
    private static final int SMALL_MOST = 65_536;
    private static final int LARGE_FILES = 4;
    private static final int LARGE_MEBIBYTES = 128;
    private static final String OURS = "pulseboard";
    private static final String BEFORE = OURS + " before";
    private static final Pattern TIME = Pattern.compile("TIME ([\\d.]+) ([\\d.]+) ([\\d.]+) (\\d+)");

    private final S3Server server;
    private final Path work;
    private final List<Peer> ours = new ArrayList<>();
    private final List<String> buckets = new ArrayList<>();

    private S3Bench(S3Server server, Path work) throws IOException, InterruptedException {
        this.server = server;
        this.work = work;
        add(OURS, Jvm.all());
        add(BEFORE, Jvm.before());
    }

    /** On the JVM that this runs on. */
    private void add(String name, List<Jvm> builds) {
        builds.stream()
                .limit(1)
                .forEach(jvm -> ours.add(new Peer(name, (source, bucket) -> ours(jvm, source, bucket))));
    }

    /** How a program did. */
    private record Cost(double seconds, double cpuSeconds, double mebibytes) {}

    /** A program, and the command that copies a folder into a bucket. */
    private record Peer(String name, Command command) {}

    private interface Command {
        List<String> of(Path source, String bucket);
    }

    /**
     * All tables.
     *
     * @param measure how many small files and how many MiB each large one has, such as {@code 2000,64}; empty: as usual
     */
    static void run(String measure) throws Exception {
        String[] sizes = measure.isEmpty() ? new String[0] : measure.split(",", -1);
        int small = sizes.length == 0 ? SMALL_FILES : Integer.parseInt(sizes[0]);
        int mebibytes = sizes.length < 2 ? LARGE_MEBIBYTES : Integer.parseInt(sizes[1]);
        Path memory = Path.of("/dev/shm");
        Path work = Files.createTempDirectory(Files.isWritable(memory) ? memory : Path.of("target/bench"), "s3bench");
        try (S3Server server = new S3Server(Files.createDirectory(work.resolve("server")))) {
            S3Bench bench = new S3Bench(server, work);
            bench.small(small);
            bench.large(mebibytes);
        } finally {
            remove(work);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void small(int count) throws Exception {
        Path source = Files.createDirectories(work.resolve("small"));
        Random random = new Random(5);
        for (int file = 0; file < count; file++) {
            byte[] content = new byte[SMALL_LEAST + random.nextInt(SMALL_MOST - SMALL_LEAST)];
            random.nextBytes(content);
            Path folder = Files.createDirectories(source.resolve("d" + file / 100));
            Files.write(folder.resolve("f" + file), content);
        }
        Map<String, Cost> first = measure(source, "small");
        print("%,d files of 4 to 64 KiB".formatted(count), "files", count, first);
        Map<String, Cost> again = measure(source, "small");
        print("the same again, all unchanged", "files", count, again);
        remove(source);
        forget("small");
    }

    private void large(int mebibytes) throws Exception {
        Path source = Files.createDirectories(work.resolve("large"));
        byte[] content = new byte[1 << 20];
        Random random = new Random(6);
        for (int file = 0; file < LARGE_FILES; file++) {
            try (var out = Files.newOutputStream(source.resolve("f" + file))) {
                for (int part = 0; part < mebibytes; part++) {
                    random.nextBytes(content);
                    out.write(content);
                }
            }
        }
        Map<String, Cost> costs = new LinkedHashMap<>();
        for (Peer peer : peers()) {
            costs.put(peer.name, cost(peer, source, "large"));
            forget("large"); // One at a time: there may be no room for all.
        }
        print("4 files of " + mebibytes + " MiB", "MB", LARGE_FILES * mebibytes * 1.048576, costs);
    }

    private void forget(String kind) throws IOException {
        for (String bucket : List.copyOf(buckets)) {
            if (bucket.startsWith(kind)) {
                remove(work.resolve("server/data").resolve(bucket));
                buckets.remove(bucket);
            }
        }
    }

    private Map<String, Cost> measure(Path source, String kind) throws Exception {
        Map<String, Cost> costs = new LinkedHashMap<>();
        for (Peer peer : peers()) {
            costs.put(peer.name, cost(peer, source, kind));
        }
        return costs;
    }

    private Cost cost(Peer peer, Path source, String kind) throws Exception {
        String bucket = kind + "-" + peer.name.replaceAll("[^a-z0-9]", "");
        if (!buckets.contains(bucket)) {
            Path unused = server.bucket(bucket);
            buckets.add(bucket);
        }
        List<String> command = new ArrayList<>(List.of("/usr/bin/time", "-f", "TIME %e %U %S %M"));
        command.addAll(peer.command.of(source, bucket));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("PULSEBOARD_"));
        environment.putAll(Map.of(
                "LC_ALL", "C.UTF-8",
                "AWS_ACCESS_KEY_ID", S3Server.KEY,
                "AWS_SECRET_ACCESS_KEY", S3Server.SECRET,
                "AWS_DEFAULT_REGION", "us-east-1",
                "RCLONE_CONFIG", ""));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher time = TIME.matcher(said);
        if (process.waitFor() != 0 || !time.find()) {
            throw new IOException(peer.name + " failed: " + said);
        }
        return new Cost(
                Double.parseDouble(time.group(1)),
                Double.parseDouble(time.group(2)) + Double.parseDouble(time.group(3)),
                Double.parseDouble(time.group(4)) / 1_024);
    }

    /** Those that are there; what is missing is said. */
    private List<Peer> peers() {
        List<Peer> all = new ArrayList<>(ours);
        String remote = ":s3,provider=Other,access_key_id=" + S3Server.KEY + ",secret_access_key=" + S3Server.SECRET
                + ",endpoint='" + server.address() + "':";
        String host = server.address().replace("http://", "");
        add(all, "rclone", "target/peers/usr/bin/rclone", "copy --checksum SOURCE " + remote + "BUCKET");
        add(
                all,
                "rclone of sid",
                "target/peers/newer-rclone/usr/bin/rclone",
                "copy --checksum SOURCE " + remote + "BUCKET");
        add(all, "aws", "/usr/bin/aws", "--endpoint-url " + server.address() + " s3 sync --quiet SOURCE s3://BUCKET");
        add(
                all,
                "s3cmd",
                "/usr/bin/s3cmd",
                "--access_key=" + S3Server.KEY + " --secret_key=" + S3Server.SECRET + " --host=" + host
                        + " --host-bucket=" + host + " --no-ssl --quiet sync SOURCE/ s3://BUCKET/");
        return all;
    }

    /** A program, and its arguments with a space between them. */
    private static void add(List<Peer> all, String name, String tool, String arguments) {
        if (!Files.isExecutable(Path.of(tool))) {
            System.out.println(name + " is not there: " + tool);
            return;
        }
        all.add(new Peer(name, (source, bucket) -> {
            List<String> command = new ArrayList<>(List.of(tool));
            for (String argument : arguments.split(" ", -1)) {
                command.add(argument.replace("SOURCE", source.toString()).replace("BUCKET", bucket));
            }
            return command;
        }));
    }

    private List<String> ours(Jvm jvm, Path source, String bucket) {
        Path settings = work.resolve(bucket + ".yaml");
        try {
            Files.writeString(
                    settings,
                    "s3: {folder: " + work.resolve("state-" + bucket) + ", settleSeconds: 0, jobs: {bench: {source: "
                            + source + ", bucket: " + bucket + ", endpoint: \"" + server.address() + "\"}}}\n");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return List.of(
                jvm.java().toString(),
                "@" + jvm.options(),
                "-XX:SharedArchiveFile=" + jvm.archive(),
                "-jar",
                jvm.jar().toString(),
                "s3",
                "run",
                "bench",
                "--display",
                "none",
                "--config",
                settings.toString());
    }

    private static void print(String what, String unit, double amount, Map<String, Cost> costs) {
        System.out.printf(
                Locale.ROOT, "%n%s%n%-16s %14s %12s %10s%n", what, "", unit + " per CPU s", unit + "/s", "peak MiB");
        costs.forEach((name, cost) -> System.out.printf(
                Locale.ROOT,
                "%-16s %,14.0f %,12.0f %10.0f%n",
                name,
                amount / cost.cpuSeconds,
                amount / cost.seconds,
                cost.mebibytes));
        Cost own = costs.get(OURS);
        costs.forEach((name, cost) -> {
            if (own != null && !name.equals(OURS)) {
                System.out.printf(
                        Locale.ROOT,
                        "ours by %s: %.2f per CPU s, %.2f by the clock%n",
                        name,
                        cost.cpuSeconds / own.cpuSeconds,
                        cost.seconds / own.seconds);
            }
        });
    }
}
