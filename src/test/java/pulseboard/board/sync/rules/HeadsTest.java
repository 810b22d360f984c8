package pulseboard.board.sync.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import pulseboard.board.sync.rules.Answer.Verdict;
import pulseboard.board.sync.rules.Entry.Kind;

/** The rules of the coordinator, one by one. */
class HeadsTest {

    private static final long A = 0xa;
    private static final long B = 0xb;

    private final Heads heads = new Heads(
            new Heads.Tables(new MemoryTable<>(), new MemoryTable<>(), new MemoryTable<>(), new MemoryTable<>()),
            1,
            device -> device);

    private static Version at(long actor, long counter) {
        return Version.NONE.with(actor, counter);
    }

    private static Entry file(String content, Version version) {
        return new Entry(Kind.FILE, 3, 0, 0644, content, version);
    }

    private Verdict announce(String device, Entry entry) {
        return heads.announce(device, "x.txt", entry).verdict();
    }

    private Head head() {
        return Objects.requireNonNull(heads.get("x.txt"));
    }

    private List<Conflict> conflicts() {
        List<Conflict> all = new ArrayList<>();
        heads.conflicts().from(null).forEachRemaining(each -> all.add(each.getValue()));
        return all;
    }

    @Test
    void laterVersionIsTheHeadAndAnOldOneChangesNothing() {
        assertEquals(Verdict.ACCEPTED, announce("a", file("11111111", at(A, 1))));
        assertEquals(Verdict.ACCEPTED, announce("b", file("22222222", at(A, 1).with(B, 1))));
        assertEquals(Verdict.STALE, announce("a", file("11111111", at(A, 1))));
        assertEquals(2, heads.seq());
        assertEquals("22222222", head().entry().contentId());
        assertEquals(List.of(2L), heads.after(0, 9).stream().map(Head::seq).toList());
    }

    @Test
    void sameContentIsMergedWithoutConflict() {
        announce("a", file("11111111", at(A, 1)));
        assertEquals(Verdict.MERGED, announce("b", file("11111111", at(B, 1))));
        assertEquals(at(A, 1).with(B, 1), head().entry().version());
        assertEquals(List.of(), conflicts());
    }

    @Test
    void editOutlivesADeletionThatDidNotKnowIt() {
        announce("a", file("11111111", at(A, 1)));
        announce("b", Entry.deleted(at(A, 1).with(B, 1)));
        assertEquals(Verdict.MERGED, announce("a", file("22222222", at(A, 2))));
        assertEquals("22222222", head().entry().contentId());
        assertEquals("edit_delete", conflicts().get(0).kind());
        assertEquals(Conflict.BY_ITSELF, conflicts().get(0).state());
        assertEquals(Verdict.MERGED, announce("b", Entry.deleted(at(A, 1).with(B, 2))));
        assertEquals("22222222", head().entry().contentId());
    }

    @Test
    void ofTwoEditsBothAreKeptAndToldTwiceThereIsOneCopy() {
        announce("a", file("11111111", at(A, 1)));
        assertEquals(Verdict.CONFLICT, announce("b", file("22222222", at(B, 1))));
        assertEquals(Verdict.STALE, announce("b", file("22222222", at(B, 1))));
        assertEquals("11111111", head().entry().contentId());
        Conflict conflict = conflicts().get(0);
        assertEquals("x.conflict-22222222-b.txt", conflict.copyPath());
        Head copy = Objects.requireNonNull(heads.get(conflict.copyPath()));
        assertEquals("22222222", copy.entry().contentId());
        assertEquals("b", copy.device());
        assertTrue(copy.seq() < head().seq(), "the copy comes first, so that nobody lets go of the content before");
        assertEquals(1, conflicts().size());
    }

    @Test
    void whoeverSawAContentMayChangeItThoughItsVersionHasGrownMeanwhile() {
        announce("a", file("11111111", at(A, 1)));
        announce("b", file("22222222", at(B, 1)));
        assertEquals(Verdict.MERGED, announce("a", file("33333333", at(A, 2))));
        assertEquals("33333333", head().entry().contentId());
        assertEquals(1, conflicts().size());
    }

    @Test
    void withTenCopiesThatWaitThePathIsHeld() {
        announce("a", file("11111111", at(A, 1)));
        for (int edit = 0; edit < Heads.MOST_COPIES; edit++) {
            assertEquals(Verdict.CONFLICT, announce("b", file("2222222" + edit, at(0xb0 + edit, 1))));
        }
        assertEquals(Verdict.HELD, announce("b", file("33333333", at(B, 1))));
        assertEquals(Heads.MOST_COPIES + 1, heads.after(0, 99).size());
    }

    @Test
    void directoryKeepsItsNameForWhatIsInIt() {
        announce("a", file("11111111", at(A, 1)));
        Entry directory = new Entry(Kind.DIRECTORY, 0, 0, 0755, "", at(B, 1));
        assertEquals(Verdict.CONFLICT, announce("b", directory));
        assertEquals(Kind.DIRECTORY, head().entry().kind());
        Head copy = Objects.requireNonNull(heads.get(conflicts().get(0).copyPath()));
        assertEquals("11111111", copy.entry().contentId());
        assertEquals("a", copy.device());
    }

    @Test
    void deletionIsForgottenWhenAllHaveDoneItAndNotBefore() {
        Set<String> all = Set.of("a", "b");
        announce("a", file("11111111", at(A, 1)));
        announce("a", Entry.deleted(at(A, 2)));
        heads.applied("a", 2, all);
        assertNotNull(heads.get("x.txt"));
        heads.applied("b", 1, all);
        assertNotNull(heads.get("x.txt"));
        heads.applied("b", 2, all);
        assertNull(heads.get("x.txt"));
        assertEquals(2, heads.floor());
    }

    @Test
    void messageOlderThanAForgottenDeletionBringsNothingBack() {
        deletionIsForgottenWhenAllHaveDoneItAndNotBefore();
        assertEquals(Verdict.FORGOTTEN, announce("a", file("11111111", at(A, 1))));
        assertNull(heads.get("x.txt"));
        assertEquals(Verdict.ACCEPTED, announce("a", file("11111111", at(A, 3))));
    }

    @Test
    void contentThatNobodyHasIsGivenUpOnlyWhenAllSaySo() {
        Set<String> all = Set.of("a", "b");
        announce("a", file("11111111", at(A, 1)));
        Head head = head();
        heads.missing("b", head, all);
        heads.missing("b", head, all);
        assertTrue(head().entry().isThere());
        heads.missing("a", head, all);
        assertFalse(head().entry().isThere());
    }
}
