package pulseboard.board.uploads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import pulseboard.board.s3.CephServer;

/** Users of Ceph, each with a bucket and a real quota, as remotes of rclone. */
public final class CephAccounts {

    private final StringBuilder config = new StringBuilder();
    private final List<String> remotes = new ArrayList<>();

    /** One for each quota, in bytes. */
    public CephAccounts(long... quotas) throws IOException, InterruptedException {
        CephServer server = CephServer.shared();
        for (long quota : quotas) {
            CephServer.User user = server.user();
            user.quota(quota);
            String name = "ceph" + (remotes.size() + 1);
            config.append(user.remote(name));
            remotes.add(name + ":of-" + user.name());
            String unused = rclone("mkdir", name + ":of-" + user.name());
        }
    }

    /** The configuration of rclone. */
    public String config() {
        return config.toString();
    }

    /** The same by another line to the server. */
    public String config(String address) throws IOException, InterruptedException {
        return config().replace(CephServer.shared().address(), address);
    }

    /** The same, so that a file is sent in parts of 5 MiB, one after the other. */
    public static String inParts(String config) {
        return config.replace("type = s3", "type = s3\nupload_cutoff = 5Mi\nchunk_size = 5Mi\nupload_concurrency = 1");
    }

    /** Uploads of which the bucket of a remote keeps parts, as rclone tells them; empty: none. */
    public String openParts(String remote) throws IOException, InterruptedException {
        String listed = rclone("backend", "list-multipart-uploads", remote);
        return listed.contains("UploadId") ? listed : "";
    }

    /** Remote and bucket of each, in their order. */
    public List<String> remotes() {
        return List.copyOf(remotes);
    }

    /** What is in the buckets, by rclone: the sizes of all objects by their path, of each bucket. */
    public List<Map<String, Long>> there() throws IOException, InterruptedException {
        List<Map<String, Long>> all = new ArrayList<>();
        for (String remote : remotes) {
            Map<String, Long> sizes = new TreeMap<>();
            rclone("lsf", "-R", "--files-only", "--format", "sp", "--separator", "/", remote)
                    .lines()
                    .map(line -> line.split("/", 2))
                    .forEach(line -> sizes.put(line[1], Long.valueOf(line[0])));
            all.add(sizes);
        }
        return all;
    }

    /** Runs Debian's rclone to a good end, and returns what it has printed. */
    public String rclone(String... arguments) throws IOException, InterruptedException {
        Path file = Files.createTempFile("rclone", ".conf");
        try {
            Files.writeString(file, config);
            List<String> command = new ArrayList<>(List.of(RcloneTools.STABLE.program(), "--config", file.toString()));
            command.addAll(Arrays.asList(arguments));
            ProcessBuilder rclone = new ProcessBuilder(command).redirectErrorStream(true);
            rclone.environment().remove("AWS_CA_BUNDLE"); // It cannot read one.
            Process process = rclone.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(3, TimeUnit.MINUTES) ? process.exitValue() : -1, said);
            return said;
        } finally {
            Files.delete(file);
        }
    }
}
