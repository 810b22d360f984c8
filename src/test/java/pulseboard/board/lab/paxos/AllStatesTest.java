package pulseboard.board.lab.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Paxos is right in every state that it can get into, and what is wrong is found. */
class AllStatesTest {

    private static final Ballot FAST = new Ballot(0, "owner");
    private static final Ballot FIRST = new Ballot(1, "b");
    private static final Ballot SECOND = new Ballot(1, "c");

    @Test
    void threeAcceptorsChooseOneValueWhateverHappensToThreeBallots() {
        AllStates.Found found = new AllStates(Quorum.REPLICATED, Faults.NONE, FAST, FIRST, SECOND).explore();
        assertEquals(Optional.empty(), found.violation());
        assertTrue(found.states() > 100_000, "so few states are not all: " + found.states());
    }

    @Test
    void fiveAcceptorsOfFragmentsChooseOneValueWhateverHappensToTwoBallots() {
        AllStates.Found found = new AllStates(Quorum.CODED, Faults.NONE, FAST, FIRST).explore();
        assertEquals(Optional.empty(), found.violation());
        assertTrue(found.states() > 10_000, "so few states are not all: " + found.states());
    }

    @Test
    void forgottenPromisesAreFound() {
        assertFaulty(new AllStates(Quorum.REPLICATED, Faults.FORGOTTEN_PROMISE, FAST, FIRST, SECOND));
    }

    @Test
    void acceptedValuesThatAreNotToldAreFound() {
        assertFaulty(new AllStates(Quorum.REPLICATED, Faults.SILENT_ABOUT_ACCEPTED, FAST, FIRST));
    }

    @Test
    void acceptanceOfOlderBallotsIsFound() {
        assertFaulty(new AllStates(Quorum.REPLICATED, Faults.ACCEPTS_OLDER, FIRST, SECOND));
    }

    @Test
    void ownersFirstBallotAfterAPromiseIsFound() {
        assertFaulty(new AllStates(Quorum.REPLICATED, Faults.ALWAYS_FAST, FAST, FIRST));
    }

    @Test
    void firstBallotsOfTwoOwnersAreFound() {
        assertFaulty(new AllStates(Quorum.REPLICATED, Faults.NONE, FAST, new Ballot(0, "another")));
    }

    @Test
    void ballotsThatTwoProposersShareAreFound() {
        assertFaulty(new AllStates(Quorum.REPLICATED, Faults.NONE, FIRST, FIRST));
    }

    @Test
    void quorumsOfFragmentsThatAreTooSmallAreFound() {
        assertFaulty(new AllStates(new Quorum(5, 3, 3, 3), Faults.NONE, FAST, FIRST));
        assertFaulty(new AllStates(new Quorum(5, 3, 4, 3), Faults.NONE, FAST, FIRST));
        assertFaulty(new AllStates(new Quorum(5, 4, 3, 3), Faults.NONE, FAST, FIRST));
    }

    private static void assertFaulty(AllStates states) {
        AllStates.Found found = states.explore();
        assertTrue(found.violation().isPresent(), "the fault was not found in " + found.states() + " states");
    }
}
