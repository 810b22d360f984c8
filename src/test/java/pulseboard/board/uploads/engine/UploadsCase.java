package pulseboard.board.uploads.engine;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import pulseboard.Until;
import pulseboard.board.uploads.RcloneTools;
import pulseboard.board.uploads.config.AccountConfig;
import pulseboard.board.uploads.config.UploaderConfig;
import pulseboard.board.uploads.config.UploadsConfig;
import pulseboard.board.uploads.rc.RcloneDaemon;

/** One uploader, {@code media}, with a folder of files, a configuration of rclone, and what the board would show of it. */
final class UploadsCase implements AutoCloseable {

    private final Path folder;
    private final String rclone;
    private final Random random = new Random(1);
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = vertx.createHttpClient();
    private volatile JsonObject state = new JsonObject();
    private final List<String> impossible = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // Set by open(), before anything is asked.
    private Uploader uploader;

    @SuppressWarnings("NullAway.Init") // Set by open(), before anything is asked.
    private Accounts accounts;

    @SuppressWarnings("NullAway.Init") // Set by open(), before anything is asked.
    private Throttle throttle;

    private boolean isOpen;
    private String strategy = "fit";
    private String kind = "copy";
    private List<String> remotes = List.of();
    private Map<String, AccountConfig> quotas = Map.of();
    private int stalledSeconds;
    private int retrySeconds = 1;

    UploadsCase(Path folder, RcloneTools rclone, String remotes) throws IOException {
        this(folder, rclone.program(), remotes);
    }

    /** By this program. */
    UploadsCase(Path folder, String rclone, String remotes) throws IOException {
        this.folder = folder;
        this.rclone = rclone;
        Files.createDirectories(source());
        Files.writeString(folder.resolve("rclone.conf"), remotes);
    }

    Path source() {
        return folder.resolve("source");
    }

    Path state() {
        return folder.resolve("state");
    }

    /** Makes a file of so many bytes that no other file has, changed a day ago. */
    Path file(String path, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        Path file = source().resolve(path);
        Files.createDirectories(file.getParent());
        return makeOld(Files.write(file, content));
    }

    /** It was changed a day ago. */
    static Path makeOld(Path file) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - QuotaWindow.DAY));
    }

    UploadsCase moving() {
        kind = "move";
        return this;
    }

    /** By these remotes, each with so much in its window. */
    UploadsCase by(Map<String, AccountConfig> accountsWithQuotas) {
        quotas = accountsWithQuotas;
        remotes = accountsWithQuotas.keySet().stream()
                .sorted()
                .map(name -> name + ":")
                .toList();
        return this;
    }

    /** By these remotes, each with a folder of its own; of their quotas nothing is known here. */
    UploadsCase byRemotes(List<String> remotesWithFolders) {
        remotes = remotesWithFolders;
        return this;
    }

    /** By the files of service accounts. */
    UploadsCase byFiles(List<Path> accountFiles) {
        remotes = accountFiles.stream().map(Path::toString).toList();
        return this;
    }

    UploadsCase planned(String how) {
        strategy = how;
        return this;
    }

    /** A stage in which no byte moves for so long is stopped. */
    UploadsCase stallingAfter(int seconds) {
        stalledSeconds = seconds;
        return this;
    }

    /** What failed waits for so long. */
    UploadsCase retryingAfter(int seconds) {
        retrySeconds = seconds;
        return this;
    }

    private UploaderConfig media() {
        return new UploaderConfig(
                source().toString(),
                remotes.isEmpty() || remotes.get(0).startsWith("/")
                        ? "dav:in"
                        : remotes.get(0).replaceFirst(":.*", ":in"),
                remotes,
                kind,
                List.of(),
                List.of("*.tmp"),
                strategy,
                UploaderConfig.DEFAULT.stageBytes(),
                2,
                "1 TB",
                List.of(),
                "",
                List.of());
    }

    UploadsConfig config() {
        UploadsConfig some = UploadsConfig.DEFAULT;
        return new UploadsConfig(
                state().toString(),
                rclone,
                folder.resolve("rclone.conf").toString(),
                "",
                Map.of("media", media()),
                Map.of(),
                quotas,
                some.quotaBytes(),
                some.quotaWindow(),
                "",
                Map.of(),
                List.of(),
                "",
                "",
                "",
                "",
                List.of(),
                600,
                5,
                100,
                retrySeconds,
                stalledSeconds,
                "",
                0);
    }

    /** Starts the uploader, as the board does; one that was closed before goes on. */
    void open() throws IOException {
        UploadsConfig config = config();
        List<Account> own = Account.of(remotes, media().target());
        state = new JsonObject(); // What an earlier one has shown is no answer of this one.
        throttle = new Throttle(config);
        accounts = new Accounts(config, state(), own, System::currentTimeMillis);
        Job job = new Job("media", config, state().resolve("media"), own, throttle);
        uploader = new Uploader(
                job,
                accounts,
                new RcloneDaemon(job.program(), http, job.folder()),
                new Uploader.Shown(
                        this::took,
                        new SessionHistory(state().resolve("sessions.ndjson")),
                        new FileHistory(state().resolve("files.ndjson"))));
        uploader.start();
        isOpen = true;
    }

    /** Whatever is published: never more than there is, and all of it only when it is done. */
    private void took(JsonObject now) {
        JsonObject bytes = now.getJsonObject("bytes", new JsonObject());
        long done = bytes.getLong("done", 0L);
        boolean isTooMuch = done + bytes.getLong("inFlight", 0L) > bytes.getLong("planned", 0L);
        boolean isEarly = bytes.getDouble("percent", 0.0) >= 100
                && !now.getString("phase").equals("done");
        if (isTooMuch || isEarly) {
            impossible.add(now.encode());
        }
        state = now;
    }

    /** From now on it may go so fast, at most; 0: as fast as it can. */
    void limit(long bytesPerSecond) {
        throttle.operator(bytesPerSecond, Long.MAX_VALUE);
    }

    void tell(Command command) {
        uploader.tell(command);
    }

    /** What the board shows of the uploader. */
    JsonObject shown() {
        return state;
    }

    /** What the board shows of the accounts, by their names. */
    JsonObject account(String name) {
        return accounts.toJson().stream()
                .map(entry -> (JsonObject) entry.getValue())
                .filter(account -> account.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    int count(String result) {
        return state.getJsonObject("files", new JsonObject()).getInteger(result, 0);
    }

    /** Whether a file is under way, and not all of it. */
    boolean isAtOne() {
        return state.getJsonObject("active", new JsonObject()).stream()
                .map(entry -> (JsonObject) entry.getValue())
                .anyMatch(file -> file.getLong("bytes") > 0 && file.getLong("bytes") < file.getLong("size"));
    }

    /** What went wrong. */
    List<Object> errors() {
        return state.getJsonObject("errors").getJsonObject("recent").stream()
                .map(Map.Entry::getValue)
                .toList();
    }

    /** How many stages were stopped because nothing moved. */
    int stalls() {
        return state.getJsonObject("errors", new JsonObject())
                .getJsonObject("byCode", new JsonObject())
                .getInteger("stalled", 0);
    }

    /** By the ledger. */
    long sentForNothing() throws IOException {
        long[] sum = new long[1];
        try (Ledger ledger = new Ledger(state().resolve("ledger"))) {
            ledger.read(record -> sum[0] += record.kind().equals("partial") ? record.bytes() : 0);
        }
        return sum[0];
    }

    /** Leaves the uploader as it is, as a process that is killed would: nobody tells its rclone anything. */
    void abandon() throws IOException {
        isOpen = false;
        uploader.abandon();
        accounts.close();
    }

    /** Runs a session to its end, which is as it should be. */
    void upload(String phase) throws Exception {
        String before = session();
        tell(Command.START);
        await("a session begins", () -> !session().equals(before));
        awaitEnd(phase);
    }

    /** The same where there is so much to do that it takes a while: for as long as something goes on. */
    void uploadPatiently(String phase) throws Exception {
        String before = session();
        tell(Command.START);
        await("a session begins", () -> !session().equals(before));
        int seen = -1;
        while (!state.getJsonObject("session").containsKey("endedAt") && count("processed") > seen) {
            seen = count("processed");
            int now = seen;
            await(
                    "more is finished",
                    () -> count("processed") > now
                            || state.getJsonObject("session").containsKey("endedAt"));
        }
        awaitEnd(phase);
    }

    /** The session that is shown; empty: none. */
    String session() {
        return state.getJsonObject("session", new JsonObject()).getString("id", "");
    }

    void awaitEnd(String phase) throws Exception {
        await(
                "it has ended",
                () -> state.getJsonObject("session", new JsonObject()).containsKey("endedAt"));
        if (!impossible.isEmpty() || !state.getString("phase").equals(phase)) {
            throw new AssertionError(impossible + state.encodePrettily());
        }
    }

    /** The same, and says what it looked like if that never comes. */
    void await(String what, Callable<Boolean> asked) throws Exception {
        try {
            Until.isTrue(what, asked);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ": " + state.encodePrettily(), e);
        }
    }

    /** The process of its rclone, while there is one. */
    Optional<ProcessHandle> rclone() throws IOException {
        String pid =
                Files.readString(state().resolve("media").resolve("rclone.pid")).split(" ", -1)[0];
        return ProcessHandle.of(Long.parseLong(pid));
    }

    /** Stops the uploader as this program does when it ends. */
    void shut() throws IOException {
        isOpen = false;
        uploader.close();
        accounts.close();
    }

    @Override
    public void close() throws IOException {
        if (isOpen) {
            shut();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
