package pulseboard.board.s3.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.s3.S3Case;
import pulseboard.board.s3.S3Config;
import pulseboard.board.s3.S3Server;

/** Objects whose files are gone are deleted, and only when there is no doubt that they are gone on purpose. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
class DeletionTest {

    private static final int FILES = 20;

    @SuppressWarnings("NullAway.Init") // Set before all.
    private static S3Server server;

    @TempDir
    private static Path serverFolder;

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private S3Case files;

    private final List<String> questions = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void startServer() throws IOException {
        server = new S3Server(serverFolder);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void makeBucketAndRunOnce() throws Exception {
        files = new S3Case(server, folder, "b" + UUID.randomUUID().toString().substring(0, 8));
        for (int number = 0; number < FILES; number++) {
            files.file("d/" + (char) ('a' + number), 100);
        }
        run(Map.of(), RunOptions.NONE, JobRun.DONE);
    }

    private S3Config config(Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(Map.of("delete", "delete", "maxDeletePercent", 10));
        all.putAll(values);
        return S3Case.withJob(files.config(server.address()), all);
    }

    private JsonObject run(Map<String, Object> values, RunOptions options, int code) throws InterruptedException {
        JobRun run = new JobRun("photos", config(values), files.state(), options);
        int ended = run.run(state -> answer(run, state));
        assertEquals(code, ended, () -> run.state().encodePrettily());
        return run.state();
    }

    private volatile boolean isYes;

    /** Whoever watches answers the question that the run asks. */
    private void answer(JobRun run, JsonObject state) {
        JsonObject question = state.getJsonObject("question");
        if (question != null) {
            assertEquals("waiting", state.getString("phase"));
            questions.add(question.getString("text"));
            run.obey(new JsonObject()
                    .put("command", "confirm")
                    .put("question", question.getString("id"))
                    .put("answer", isYes));
        }
    }

    private long objects() throws IOException {
        try (Stream<Path> all = Files.list(files.objects().resolve("p/d"))) {
            return all.count();
        }
    }

    private void requireNothingDeleted(JsonObject state, String why) throws IOException {
        assertEquals(FILES, objects());
        assertEquals(0, state.getJsonObject("files").getLong("deleted"));
        JsonObject told = state.getJsonObject("errors").getInteger("count") > 0
                ? state.getJsonObject("errors")
                : state.getJsonObject("warnings");
        String text = told.getJsonObject("recent").encode();
        assertTrue(text.contains(why) && text.contains("notDeleted"), text);
    }

    @Test
    void objectsOfFilesThatAreGoneAreDeletedAndNothingElse() throws Exception {
        Files.delete(files.source().resolve("d/b"));
        Files.createDirectories(files.objects().resolve("p/.trash"));
        for (String other : List.of("outside", "p/left.tmp", "p/.trash/old")) {
            Files.writeString(files.objects().resolve(other), "not of the job");
        }
        JsonObject state = run(Map.of("trashPrefix", "p/.trash/", "prefix", "p/"), RunOptions.NONE, JobRun.DONE);
        assertEquals(1, state.getJsonObject("files").getLong("deleted"));
        assertFalse(Files.exists(files.objects().resolve("p/d/b")));
        assertEquals(FILES - 1, objects());
        for (String other : List.of("outside", "p/left.tmp", "p/.trash/old")) {
            assertTrue(Files.exists(files.objects().resolve(other)), other);
        }
        assertEquals("deleted", state.getJsonObject("recent").getJsonObject("1").getString("result"));
    }

    @Test
    void withoutThatSettingNothingIsDeleted() throws Exception {
        Files.delete(files.source().resolve("d/b"));
        run(Map.of("delete", "never"), RunOptions.NONE, JobRun.DONE);
        assertEquals(FILES, objects());
    }

    @Test
    void firstRunDeletesNothing() throws Exception {
        Files.delete(files.source().resolve("d/b"));
        Files.delete(files.state().resolve("photos/job.mv"));
        requireNothingDeleted(run(Map.of(), RunOptions.NONE, JobRun.DONE), "first run");
        run(Map.of(), RunOptions.NONE, JobRun.DONE);
        assertEquals(FILES - 1, objects());
    }

    @Test
    void firstRunToAnotherBucketDeletesNothingThere() throws Exception {
        Path theirs = server.bucket("other" + files.bucket()).resolve("p/d/theirs");
        Files.createDirectories(theirs.getParent());
        Files.writeString(theirs, "is there already");
        S3Config elsewhere = S3Case.withJob(
                files.config(server.address(), "other" + files.bucket()),
                Map.of("delete", "delete", "maxDeletePercent", 100));
        JobRun first = new JobRun("photos", elsewhere, files.state(), RunOptions.NONE);
        assertEquals(JobRun.DONE, first.run(state -> {}));
        assertTrue(first.state().getJsonObject("warnings").encode().contains("first run"), first.state()::encode);
        assertTrue(Files.exists(theirs));
        JobRun second = new JobRun("photos", elsewhere, files.state(), RunOptions.NONE);
        assertEquals(JobRun.DONE, second.run(state -> {}));
        assertFalse(Files.exists(theirs));
    }

    @Test
    void emptyFolderDeletesNothing() throws Exception {
        for (int number = 0; number < FILES; number++) {
            Files.delete(files.source().resolve("d/" + (char) ('a' + number)));
        }
        JsonObject state = run(Map.of("maxDeletePercent", 100), RunOptions.NONE, JobRun.INCOMPLETE);
        requireNothingDeleted(state, "the folder is empty");
    }

    @Test
    void folderThatIsAnotherOneDeletesNothing() throws Exception {
        Files.move(files.source(), folder.resolve("elsewhere"));
        files.file("d/a", 100);
        JsonObject state = run(Map.of("maxDeletePercent", 100), RunOptions.NONE, JobRun.INCOMPLETE);
        requireNothingDeleted(state, "another one than in the last run");
        run(Map.of("delete", "never"), RunOptions.NONE, JobRun.DONE);
        run(Map.of("maxDeletePercent", 100), RunOptions.NONE, JobRun.DONE);
        assertEquals(1, objects());
    }

    @Test
    void withoutTheFileThatIsRequiredNothingIsDeleted() throws Exception {
        Files.delete(files.source().resolve("d/b"));
        JsonObject state = run(Map.of("requireFile", "d/.mounted"), RunOptions.NONE, JobRun.INCOMPLETE);
        requireNothingDeleted(state, "d/.mounted (requireFile) is not there");
    }

    @Test
    void fileThatCannotBeSentStopsDeletion() throws Exception {
        Files.delete(files.source().resolve("d/b"));
        files.file(
                "e/" + "f".repeat(250) + "/" + "g".repeat(250) + "/" + "h".repeat(250) + "/" + "i".repeat(250) + "/"
                        + "j".repeat(250),
                1);
        requireNothingDeleted(run(Map.of(), RunOptions.NONE, JobRun.INCOMPLETE), "not all files");
    }

    @Test
    void listThatBreaksOffStopsDeletion() throws Exception {
        Files.delete(files.source().resolve("d/b"));
        files.credentials(S3Server.KEY, "wrong");
        run(Map.of(), RunOptions.NONE, JobRun.FAILED);
        assertEquals(FILES, objects());
    }

    @Test
    void elevenPercentAreNotDeletedUnlessSomebodyConfirmsTheNumber() throws Exception {
        for (String gone : List.of("b", "c", "d")) {
            Files.delete(files.source().resolve("d/" + gone));
        }
        requireNothingDeleted(run(Map.of(), RunOptions.NONE, JobRun.DONE), "nobody has confirmed it");
        assertTrue(questions.get(0).contains("Delete 3 objects"), questions::toString);
        RunOptions two = new RunOptions(false, false, "", 2, false);
        requireNothingDeleted(run(Map.of(), two, JobRun.DONE), "nobody has confirmed it");
        isYes = true;
        run(Map.of(), RunOptions.NONE, JobRun.DONE);
        assertEquals(FILES - 3, objects());
    }

    @Test
    void moreObjectsThanAllowedAreConfirmedBeforeTheRunToo() throws Exception {
        for (String gone : List.of("b", "c")) {
            Files.delete(files.source().resolve("d/" + gone));
        }
        requireNothingDeleted(
                run(Map.of("maxDeleteFiles", 1), RunOptions.NONE, JobRun.DONE), "nobody has confirmed it");
        RunOptions two = new RunOptions(false, false, "", 2, false);
        run(Map.of("maxDeleteFiles", 1), two, JobRun.DONE);
        assertEquals(FILES - 2, objects());
    }

    @Test
    void movedObjectsAreInTheTrash() throws Exception {
        Path gone = files.source().resolve("d/b");
        byte[] content = Files.readAllBytes(gone);
        Files.delete(gone);
        JsonObject state = run(Map.of("delete", "move", "trashPrefix", "bin/"), RunOptions.NONE, JobRun.DONE);
        assertEquals(1, state.getJsonObject("files").getLong("deleted"));
        assertFalse(Files.exists(files.objects().resolve("p/d/b")));
        assertEquals(
                List.of(content.length),
                List.of(Files.readAllBytes(files.objects().resolve("bin/p/d/b")).length));
    }

    @Test
    void dryRunTellsWhatWouldBeDeletedAndDeletesNothing() throws Exception {
        Files.delete(files.source().resolve("d/b"));
        JobRun run = new JobRun("photos", config(Map.of()), files.state(), RunOptions.DRY);
        List<JsonObject> plan = new CopyOnWriteArrayList<>();
        run.onPlanned(plan::add);
        assertEquals(JobRun.DONE, run.run(state -> {}));
        assertEquals(
                List.of(new JsonObject()
                        .put("path", "d/b")
                        .put("action", "delete")
                        .put("reason", "gone")
                        .put("bytes", 100L)),
                plan);
        assertEquals(FILES, objects());
        assertEquals(Set.of("list"), requests(run.state()));
    }

    private static Set<String> requests(JsonObject state) {
        JsonObject all = state.getJsonObject("requests").copy();
        all.remove("times");
        all.remove("answers");
        all.remove("retried");
        all.remove("throttled");
        return all.fieldNames();
    }

    @Test
    void whereALinkIsByNowTheObjectStays() throws Exception {
        Path file = files.source().resolve("d/b");
        Files.delete(file);
        Files.createSymbolicLink(file, files.source().resolve("d/c"));
        requireNothingDeleted(run(Map.of(), RunOptions.NONE, JobRun.DONE), "something of this name");
    }

    @Test
    void namesThatXmlCannotHoldAreDeletedOneByOne() throws Exception {
        for (String name : List.of("d/a\nb", "d/\u001b[2J", "d/<&>\"'")) {
            files.file(name, 10);
        }
        run(Map.of(), RunOptions.NONE, JobRun.DONE);
        assertEquals(FILES + 3, objects());
        for (String name : List.of("d/a\nb", "d/\u001b[2J", "d/<&>\"'")) {
            Files.delete(files.source().resolve(name));
        }
        JsonObject state = run(Map.of("maxDeletePercent", 50), RunOptions.NONE, JobRun.DONE);
        assertEquals(3, state.getJsonObject("files").getLong("deleted"));
        assertEquals(FILES, objects());
    }
}
