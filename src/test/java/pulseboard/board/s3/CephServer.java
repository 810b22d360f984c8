package pulseboard.board.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pulseboard.FreePort;

/**
 * A real Ceph with its S3 gateway: one monitor, one OSD that keeps objects in memory, one radosgw; users have quotas. {@code make peers} unpacks it, where Debian
 * has it. All tests of one Java process share one, with users of their own, and it ends with that process.
 */
public final class CephServer {

    private static final Path UNPACKED = Path.of("target/peers/ceph").toAbsolutePath();
    private static final int STARTS = 3;
    private static final int START_SECONDS = 120;
    private static final int PAUSE_MILLISECONDS = 20;

    /** Longer than any test; for a Java that was killed and could not end it. */
    private static final String LIFE_SECONDS = "1800";

    private static @Nullable CephServer shared;

    private final Path folder;
    private final int port;
    private final List<Process> processes = new ArrayList<>();

    private CephServer() throws IOException {
        folder = Files.createTempDirectory("pulseboard-ceph");
        port = FreePort.number();
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    }

    /** The one of this Java process. Skips the test where there is no Ceph. */
    public static synchronized CephServer shared() throws IOException, InterruptedException {
        if (!Files.exists(UNPACKED.resolve("version.txt"))) {
            System.err.println("pulseboard: NOT TESTED with Ceph: " + UNPACKED + " is missing");
        }
        assumeTrue(Files.exists(UNPACKED.resolve("version.txt")), UNPACKED + " is missing; \"make peers\" unpacks it");
        for (int start = 0; shared == null; start++) {
            CephServer made = new CephServer();
            made.start();
            if (made.isUp()) {
                shared = made;
            } else if (start == STARTS) { // Somebody else may have taken a port before it could.
                throw new AssertionError("Ceph does not start: " + made.said());
            }
        }
        return shared;
    }

    private void start() throws IOException, InterruptedException {
        int monitor = FreePort.number();
        Files.createDirectory(folder.resolve("osd"));
        Files.writeString(folder.resolve("ceph.conf"), settings(monitor));
        Files.writeString(folder.resolve("keyring"), keyring());
        String map = folder.resolve("monmap").toString();
        String disks = folder.resolve("osdmap").toString();
        run("monmaptool", "--create", "--fsid", id(), "--addv", "a", "[v2:127.0.0.1:" + monitor + "]", map);
        run("osdmaptool", "--createsimple", "1", "--clobber", disks);
        run("ceph-mon", "-i", "a", "--mkfs", "--monmap", map, "--osdmap", disks, "--keyring", folder + "/keyring");
        processes.add(start("ceph-mon", "-i", "a", "-f"));
        run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", id()); // It asks the monitor.
        processes.add(start("ceph-osd", "-i", "0", "-f"));
        processes.add(start("radosgw", "-n", "client.admin", "-f"));
    }

    private String settings(int monitor) {
        Path libraries = UNPACKED.resolve("libraries");
        return """
                [global]
                fsid = %1$s
                mon host = v2:127.0.0.1:%2$d
                mon initial members = a
                public addr = 127.0.0.1
                ms bind ipv6 = false
                keyring = %3$s/keyring
                mon data = %3$s/mon
                osd data = %3$s/osd
                run dir = %3$s
                admin socket =
                log file = %3$s/$name.log
                mon cluster log file = %3$s/cluster.log
                osd class dir = %4$s/rados-classes
                plugin dir = %4$s/ceph
                erasure code dir = %4$s/ceph/erasure-code
                osd objectstore = memstore
                osd pool default size = 1
                osd pool default min size = 1
                osd pool default pg num = 1
                osd pool default pgp num = 1
                osd crush chooseleaf type = 0
                mon allow pool size one = true
                mon max pg per osd = 1000
                mon data avail crit = 0
                paxos propose interval = 0.05
                paxos min wait = 0.01
                mon client hunt interval = 0.2
                rgw frontends = beast endpoint=127.0.0.1:%5$d
                rgw enable usage log = false
                rgw enable ops log = false
                """.formatted(id(), monitor, folder, libraries, port);
    }

    /** A UUID that stays the same for this server. */
    private String id() {
        return UUID.nameUUIDFromBytes(folder.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** One key for all: its kind (AES), when it was made, its length, and itself. */
    private static String keyring() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        byte[] key = ByteBuffer.allocate(28)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 1)
                .putInt(0)
                .putInt(0)
                .putShort((short) random.length)
                .put(random)
                .array();
        StringBuilder ring = new StringBuilder();
        for (String name : List.of("mon.", "client.admin", "osd.0")) {
            ring.append("[%s]\nkey = %s\n".formatted(name, Base64.getEncoder().encodeToString(key)))
                    .append("caps mon = \"allow *\"\ncaps osd = \"allow *\"\ncaps mgr = \"allow *\"\n");
        }
        return ring.toString();
    }

    private Process start(String program, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("timeout", LIFE_SECONDS, UNPACKED + "/usr/bin/" + program));
        all.addAll(List.of(options));
        all.addAll(List.of("-c", folder + "/ceph.conf"));
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment()
                .put("LD_LIBRARY_PATH", UNPACKED.resolve("libraries").toString());
        return builder.redirectOutput(folder.resolve(program + ".out").toFile()).start();
    }

    /** Runs one of its programs to its end, which has to be a good one. */
    private void run(String program, String... options) throws IOException, InterruptedException {
        Process process = start(program, options);
        boolean isOver = process.waitFor(START_SECONDS, TimeUnit.SECONDS);
        kill(process);
        assertEquals(0, isOver ? process.exitValue() : -1, this::said);
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly); // Of timeout, which cannot pass that on.
        Process unused = process.destroyForcibly().onExit().join();
    }

    private boolean isUp() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (processes.stream().allMatch(Process::isAlive) && System.nanoTime() - end < 0) {
            if (answers()) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLISECONDS);
        }
        end();
        return false;
    }

    private boolean answers() {
        try {
            HttpURLConnection asked =
                    (HttpURLConnection) URI.create(address()).toURL().openConnection();
            asked.setReadTimeout((int) TimeUnit.SECONDS.toMillis(START_SECONDS));
            return asked.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false; // Not yet.
        }
    }

    /** What its programs have printed. */
    private String said() {
        StringBuilder said = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".out")).toList()) {
                said.append(file.getFileName()).append(": ").append(Files.readString(file));
            }
        } catch (IOException e) {
            said.append(e);
        }
        return said.toString();
    }

    private void end() {
        processes.forEach(CephServer::kill);
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            System.err.println("pulseboard: " + folder + " stays: " + e);
        }
    }

    /** Where its gateway listens. */
    public int port() {
        return port;
    }

    /** The gateway's address. */
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    /** Makes a user that nobody else has; its name is its key, too. */
    public User user() throws IOException, InterruptedException {
        User user = new User(
                this,
                "u" + UUID.randomUUID().toString().substring(0, 8),
                UUID.randomUUID().toString());
        admin(
                "user",
                "create",
                user,
                "--display-name=" + user.name(),
                "--access-key=" + user.name(),
                "--secret=" + user.secret());
        return user;
    }

    private void admin(String subject, String verb, User user, String... options)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(subject, verb, "--uid=" + user.name()));
        all.addAll(List.of(options));
        run("radosgw-admin", all.toArray(String[]::new));
    }

    /** One of its users. */
    public record User(CephServer server, String name, String secret) {

        /** From now on all of its buckets together may have so many bytes. */
        public void quota(long bytes) throws IOException, InterruptedException {
            server.admin("quota", "set", this, "--quota-scope=user", "--max-size=" + bytes);
            server.admin("quota", "enable", this, "--quota-scope=user");
        }

        /** From now on it may do nothing. */
        public void suspend() throws IOException, InterruptedException {
            server.admin("user", "suspend", this);
        }

        /** A section of rclone's configuration: a remote with this name. */
        public String remote(String remote) {
            return "[%s]\ntype = s3\nprovider = Ceph\naccess_key_id = %s\nsecret_access_key = %s\nendpoint = %s\n"
                    .formatted(remote, name, secret, server.address());
        }
    }
}
