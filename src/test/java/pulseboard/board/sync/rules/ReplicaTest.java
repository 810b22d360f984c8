package pulseboard.board.sync.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import pulseboard.board.sync.rules.Answer.Verdict;
import pulseboard.board.sync.rules.Entry.Kind;

/** The rules of a machine, one by one. */
class ReplicaTest {

    private static final long ME = 0xa;
    private static final long OTHER = 0xb;

    private final Replica replica =
            new Replica(new Replica.Tables(new MemoryTable<>(), new MemoryTable<>(), new MemoryTable<>()), ME);

    private static Entry file(String content, Version version) {
        return new Entry(Kind.FILE, 3, 0, 0644, content, version);
    }

    private static Entry found(String content) {
        return file(content, Version.NONE);
    }

    private static Version at(long actor, long counter) {
        return Version.NONE.with(actor, counter);
    }

    private void head(String path, long seq, Entry entry) {
        assertTrue(replica.heads(seq - 1, List.of(new Head(path, seq, entry, "b", List.of())), seq, 0));
    }

    private Task task(String path, String... fetched) {
        return Objects.requireNonNull(replica.task(path, List.of(fetched)::contains), path);
    }

    private void place(String path, long seq, String content, Version version) {
        head(path, seq, file(content, version));
        Task task = task(path, content);
        replica.begin(task);
        replica.done(task);
    }

    @Test
    void editIsToldUntilItIsAnswered() {
        assertTrue(replica.observe("x", found("1")));
        assertFalse(replica.observe("x", found("1")));
        assertEquals(Map.of("x", file("1", at(ME, 1))), replica.untold(9));
        replica.answered("x", at(ME, 1), new Answer(Verdict.ACCEPTED, 1));
        assertTrue(replica.isTold());
        assertTrue(replica.observe("x", found("2")));
        assertEquals(Map.of("x", file("2", at(ME, 2))), replica.untold(9));
    }

    @Test
    void whatWasPlacedIsNoEditEvenIfTheMachineCrashedBeforeItNotedThat() {
        head("x", 1, file("1", at(OTHER, 1)));
        replica.begin(task("x", "1"));
        assertFalse(replica.observe("x", found("1")));
        assertTrue(replica.isTold());
        assertEquals(at(OTHER, 1), replica.row("x").entry().version());
    }

    @Test
    void editThatIsNotAnsweredIsNotOverwritten() {
        boolean unused = replica.observe("x", found("mine"));
        head("x", 1, file("theirs", at(OTHER, 1)));
        assertNull(replica.task("x", any -> true));
        replica.answered("x", at(ME, 1), new Answer(Verdict.CONFLICT, 3));
        assertNull(replica.task("x", any -> true));
        head("x", 2, file("theirs", at(OTHER, 1).with(ME, 1)));
        assertEquals(Task.Kind.PLACE, task("x", "theirs", "mine").kind());
    }

    @Test
    void contentIsNotLetGoWhileAnotherPathNeedsIt() {
        place("x", 1, "1", at(OTHER, 1));
        head("y", 2, file("1", at(OTHER, 2)));
        head("x", 3, file("2", at(OTHER, 3)));
        assertNull(replica.task("x", "2"::equals));
        assertEquals(Task.Kind.PLACE, task("x", "2", "1").kind());
    }

    @Test
    void fileThatWasRenamedElsewhereIsRenamedHere() {
        place("x", 1, "1", at(OTHER, 1));
        head("y", 2, file("1", at(OTHER, 2)));
        head("x", 3, Entry.deleted(at(OTHER, 3)));
        Task fetch = task("y");
        Task move = Objects.requireNonNull(replica.move(fetch, List.of("x")));
        replica.begin(move);
        replica.done(move);
        assertEquals(0, replica.wanted().size());
        assertFalse(replica.row("x").entry().isThere());
        assertEquals("1", replica.row("y").entry().contentId());
    }

    @Test
    void changesWithAHoleAreNotTaken() {
        Head head = new Head("x", 5, file("1", at(OTHER, 1)), "b", List.of());
        assertFalse(replica.heads(4, List.of(head), 5, 0));
        assertEquals(0, replica.cursor());
        assertEquals(0, replica.wanted().size());
    }

    @Test
    void whoeverBeginsAnewDeletesNothing() {
        place("x", 1, "1", at(OTHER, 1));
        replica.beginAnew(0xc);
        assertFalse(replica.observe("x", Entry.ABSENT), "nothing is told of a file that is gone");
        head("x", 1, file("1", at(OTHER, 1)));
        assertEquals(Task.Kind.FETCH, task("x").kind());
        assertTrue(replica.observe("y", found("2")));
        assertEquals(Map.of("y", file("2", at(0xc, 1))), replica.untold(9));
    }

    @Test
    void whatIsToBeRestoredComesBackAndIsNotToldAsDeleted() {
        place("x", 1, "1", at(OTHER, 1));
        replica.restore(List.of("x"));
        assertFalse(replica.observe("x", Entry.ABSENT));
        assertEquals(0, replica.cursor());
        head("x", 1, file("1", at(OTHER, 1)));
        assertEquals(Task.Kind.FETCH, task("x").kind());
    }

    @Test
    void deletionsAreToldAfterAllElse() {
        place("a", 1, "1", at(OTHER, 1));
        boolean gone = replica.observe("a", Entry.ABSENT);
        boolean there = replica.observe("b", found("1"));
        assertTrue(gone && there);
        assertEquals(List.of("b"), List.copyOf(replica.untold(9).keySet()));
        replica.answered("b", replica.row("b").entry().version(), new Answer(Verdict.ACCEPTED, 2));
        assertEquals(List.of("a"), List.copyOf(replica.untold(9).keySet()));
    }
}
