package pulseboard.board.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A folder with files in it, and a bucket of an S3 server, for one test. */
public final class S3Case {

    private static final Path RCLONE = Path.of("target/peers/usr/bin/rclone");

    private final Path folder;
    private final Path source;
    private final Path credentials;
    private final String bucket;
    private final Access access;
    private final @Nullable Path objects;
    private final Random random = new Random(1);

    /** With an empty folder and an empty bucket of this name. */
    public S3Case(S3Server server, Path folder, String bucket) throws IOException {
        this(new Access(server.address(), S3Server.KEY, S3Server.SECRET), folder, bucket, server.bucket(bucket));
    }

    /** The same with a bucket of a user of Ceph. */
    public S3Case(CephServer.User user, Path folder, String bucket) throws IOException, InterruptedException {
        this(new Access(user.server().address(), user.name(), user.secret()), folder, bucket, null);
        String unused = rclone("mkdir", remote());
    }

    /** The same with a bucket of Swift. */
    public S3Case(SwiftServer server, Path folder, String bucket) throws IOException, InterruptedException {
        this(new Access(server.address(), SwiftServer.KEY, SwiftServer.SECRET), folder, bucket, null);
        String unused = rclone("mkdir", remote());
    }

    /** Where, and as whom. */
    private record Access(String address, String key, String secret) {}

    private S3Case(Access access, Path folder, String bucket, @Nullable Path objects) throws IOException {
        this.access = access;
        this.folder = folder;
        this.bucket = bucket;
        this.objects = objects;
        source = Files.createDirectories(folder.resolve("source"));
        credentials = folder.resolve("credentials");
        credentials(access.key, access.secret);
    }

    /** Where s3proxy keeps the objects, as files. */
    public Path objects() {
        return Objects.requireNonNull(objects);
    }

    /** The name of the bucket. */
    public String bucket() {
        return bucket;
    }

    /** The folder that is copied. */
    public Path source() {
        return source;
    }

    /** Where runs are noted. */
    public Path state() {
        return folder.resolve("state");
    }

    /** From now on these credentials are used. */
    public void credentials(String key, String secret) throws IOException {
        Files.writeString(
                credentials, "[default]\naws_access_key_id = " + key + "\naws_secret_access_key = " + secret + "\n");
        Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rw-------"));
    }

    /** Makes a file of so many bytes that no other file has. */
    public Path file(String path, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        Path file = source.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    /** The settings of one job, {@code photos}, that goes to the server by this address. */
    public S3Config config(String endpoint) {
        return config(endpoint, bucket);
    }

    /** The same with another bucket. */
    public S3Config config(String endpoint, String otherBucket) {
        JobConfig job = With.values(
                JobConfig.DEFAULT,
                Map.of(
                        "source",
                        source.toString(),
                        "bucket",
                        otherBucket,
                        "prefix",
                        "p/",
                        "endpoint",
                        endpoint,
                        "credentialsFile",
                        credentials.toString(),
                        "exclude",
                        List.of("**.tmp")));
        return With.values(
                S3Config.DEFAULT,
                Map.of(
                        "folder", state().toString(),
                        "jobs", Map.of("photos", job),
                        "partMebibytes", 5,
                        "refreshMilliseconds", 100,
                        "settleSeconds", 0));
    }

    /** The same settings with others for the job. */
    public static S3Config withJob(S3Config config, Map<String, Object> values) {
        JobConfig job = With.values(Objects.requireNonNull(config.jobs().get("photos")), values);
        return With.values(config, Map.of("jobs", Map.of("photos", job)));
    }

    /** The same settings as a file, with so many requests at once. */
    public Path settingsFile(String endpoint, int workers) throws IOException {
        return settingsFile(With.values(config(endpoint), Map.of("maxWorkers", workers)));
    }

    /** Settings as a file. */
    public Path settingsFile(S3Config config) throws IOException {
        return Files.writeString(
                folder.resolve("settings.json"),
                SettingsDocument.of("photos", config).encode());
    }

    /** Has rclone compare folder and bucket; fails unless it finds them equal. */
    public void requireEqualByRclone() throws IOException, InterruptedException {
        String said = rclone("check", "--download", source.toString(), remote() + "/p");
        assertEquals("", said.lines().filter(line -> line.contains("ERROR")).collect(Collectors.joining("\n")));
    }

    /** Has rclone send a file, in parts of so many MiB. */
    public void sendByRclone(String path, int partMebibytes) throws IOException, InterruptedException {
        String unused = rclone(
                "copyto",
                "--s3-upload-cutoff",
                "5M",
                "--s3-chunk-size",
                partMebibytes + "M",
                source.resolve(path).toString(),
                remote() + "/p/" + path);
    }

    /** Has rclone make an object of the bucket, as somebody else would. */
    public void put(String key, String text) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("theirs"), text);
        String unused = rclone("copyto", file.toString(), remote() + "/" + key);
    }

    /** What is in an object of the bucket, by rclone. */
    public String get(String key) throws IOException, InterruptedException {
        return rclone("cat", remote() + "/" + key);
    }

    /** The keys of the bucket in their order, by rclone. */
    public List<String> keys() throws IOException, InterruptedException {
        return rclone("lsf", "-R", "--files-only", remote()).lines().sorted().toList();
    }

    /** The uploads in parts that are not over, as rclone lists them; empty: none. */
    public String openUploads() throws IOException, InterruptedException {
        return rclone("backend", "list-multipart-uploads", remote())
                .lines()
                .filter(line -> line.contains("UploadId"))
                .collect(Collectors.joining("\n"));
    }

    private String remote() {
        return ":s3,provider=Other,access_key_id='" + access.key + "',secret_access_key='" + access.secret
                + "',endpoint='" + access.address + "':" + bucket;
    }

    private static String rclone(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(RCLONE.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder rclone = new ProcessBuilder(command);
        rclone.environment().remove("AWS_CA_BUNDLE"); // It cannot read one.
        rclone.environment().put("RCLONE_CONFIG", "");
        Process process = rclone.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(3, TimeUnit.MINUTES) ? process.exitValue() : -1, said);
        return said;
    }
}
