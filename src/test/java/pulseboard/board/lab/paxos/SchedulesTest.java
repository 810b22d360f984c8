package pulseboard.board.lab.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Paxos in random histories with crashes; {@code make test-long} tries 200,000 of each kind. */
class SchedulesTest {

    private static final int SCHEDULES = Integer.getInteger("pulseboard.lab.schedules", 3_000);

    @Tag("long")
    @Test
    void threeAcceptorsChooseOneValueAndAlwaysGetThereInTheEnd() {
        assertEquals(0, faulty(Quorum.REPLICATED, SCHEDULES));
    }

    @Tag("long")
    @Test
    void fiveAcceptorsOfFragmentsChooseOneValueAndAlwaysGetThereInTheEnd() {
        assertEquals(0, faulty(Quorum.CODED, SCHEDULES));
    }

    @Test
    void plantedFaultsAreFound() {
        assertFound("forgotten promises", Quorum.REPLICATED, Faults.FORGOTTEN_PROMISE, false);
        assertFound("silence about what was accepted", Quorum.REPLICATED, Faults.SILENT_ABOUT_ACCEPTED, false);
        assertFound("acceptance of older ballots", Quorum.REPLICATED, Faults.ACCEPTS_OLDER, false);
        assertFound("the owner's first ballot at any time", Quorum.REPLICATED, Faults.ALWAYS_FAST, false);
        assertFound("ballots that two share", Quorum.REPLICATED, Faults.NONE, true);
        assertFound("quorums 3 and 3 of 5 fragments", new Quorum(5, 3, 3, 3), Faults.NONE, false);
        assertFound("quorums 4 and 3 of 5 fragments", new Quorum(5, 4, 3, 3), Faults.NONE, false);
        assertFound("quorums 3 and 4 of 5 fragments", new Quorum(5, 3, 4, 3), Faults.NONE, false);
    }

    @Test
    void sameSeedIsTheSameHistory() {
        LongStream.range(0, 100)
                .forEach(seed -> assertEquals(
                        new Schedule(seed, Quorum.CODED, Faults.NONE, false).run(),
                        new Schedule(seed, Quorum.CODED, Faults.NONE, false).run()));
    }

    private static long faulty(Quorum quorum, int schedules) {
        return LongStream.range(0, schedules)
                .filter(seed -> isFaulty(seed, quorum))
                .count();
    }

    private static boolean isFaulty(long seed, Quorum quorum) {
        Schedule schedule = new Schedule(seed, quorum, Faults.NONE, false);
        schedule.run();
        return !schedule.endsFairly() || schedule.chosen().size() != 1;
    }

    private static void assertFound(String fault, Quorum quorum, AllStates.Rule rule, boolean areBallotsShared) {
        boolean isFound = LongStream.range(0, 20_000)
                .mapToObj(seed -> new Schedule(seed, quorum, rule, areBallotsShared).run())
                .anyMatch((Set<String> chosen) -> chosen.size() > 1);
        assertTrue(isFound, fault + " was not found in 20,000 schedules");
    }
}
