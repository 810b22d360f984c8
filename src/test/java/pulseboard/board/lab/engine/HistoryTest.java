package pulseboard.board.lab.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import pulseboard.board.lab.engine.History.Proposal;

/** The judge of histories is judged first: it takes good ones, and refuses those that were planted. */
class HistoryTest {

    private static Proposal told(String value, long began, long ended, String decided) {
        return new Proposal(value, began, ended, decided);
    }

    private static Proposal lost(String value, long began) {
        return new Proposal(value, began, History.NEVER, null);
    }

    private static boolean isGood(Proposal... proposals) {
        return History.isLinearizable(List.of(proposals));
    }

    @Test
    void oneValueForAllIsGood() {
        assertTrue(isGood(told("a", 0, 10, "a")));
        assertTrue(isGood(told("a", 0, 10, "b"), told("b", 5, 20, "b"), told("c", 30, 40, "b")));
        assertTrue(isGood(lost("a", 0), lost("b", 1)));
    }

    @Test
    void valueOfOneThatWasNeverAnsweredMayBeChosen() {
        assertTrue(isGood(lost("a", 0), told("b", 5, 20, "a"), told("c", 30, 40, "a")));
        assertTrue(isGood(lost("a", 0), told("b", 5, 20, "b")));
    }

    @Test
    void twoValuesAreFound() {
        assertFalse(isGood(told("a", 0, 10, "a"), told("b", 5, 20, "b")));
        assertFalse(isGood(told("a", 0, 10, "a"), told("b", 20, 30, "b")));
        assertFalse(isGood(lost("a", 0), told("b", 5, 20, "a"), told("c", 30, 40, "c")));
    }

    @Test
    void valueThatNobodyProposedIsFound() {
        assertFalse(isGood(told("a", 0, 10, "b"), lost("c", 0)));
    }

    @Test
    void answerFromTheFutureIsFound() {
        assertFalse(isGood(told("a", 0, 10, "b"), told("b", 20, 30, "b")));
        assertFalse(isGood(told("a", 0, 10, "b"), lost("b", 20)));
    }
}
