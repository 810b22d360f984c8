package pulseboard.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pulseboard.feed.ActionRefusal;

class RegistryTest {

    private static final String CODE = Code.random();
    private static final long HOUR = TimeUnit.HOURS.toMillis(1);
    private static final long DAY = TimeUnit.DAYS.toMillis(1);

    private static final Registry.Terms WAITING = new Registry.Terms(Set.of(), 3, false);

    private static Registry invited(int uses) {
        return Registry.NONE.invite(CODE, new Invite("home", uses, HOUR, "admin"), 0);
    }

    private static Registry.Joined join(Registry registry, String name, String machine, long now) {
        return registry.join(
                new Registry.Joining(CODE, name, machine), new Registry.Terms(Set.of("host", "boards"), 3, true), now);
    }

    private static String refusal(Registry registry, String name, String machine, long now) {
        return assertThrows(ActionRefusal.class, () -> join(registry, name, machine, now))
                .word();
    }

    @Test
    void machineJoinsOnceWithACodeForOne() {
        Registry.Joined joined = join(invited(1), "Web 1", "m1", 1);
        assertEquals("web-1", joined.id());
        Host host = joined.registry().require("web-1");
        assertEquals("home", host.group());
        assertEquals("Web 1", host.name());
        assertTrue(host.isLetIn());
        assertEquals("code_used", refusal(joined.registry(), "web2", "m2", 2));
    }

    @Test
    void codeIsNotGoodWhenItHasExpiredOrNeverWas() {
        assertEquals("code_expired", refusal(invited(1), "web1", "m1", HOUR));
        assertEquals("code_unknown", refusal(Registry.NONE, "web1", "m1", 1));
    }

    @Test
    void codeIsTakenHoweverItIsTyped() {
        String typed = CODE.toLowerCase(java.util.Locale.ROOT)
                .replace("-", " ")
                .replace('0', 'o')
                .replace('1', 'l');
        Registry.Joining joining = new Registry.Joining(typed, "web1", "m1");
        assertEquals(
                "web1",
                invited(1)
                        .join(joining, new Registry.Terms(Set.of(), 3, true), 1)
                        .id());
    }

    @Test
    void codeHas60BitsAndIsNotKept() {
        assertTrue(CODE.matches("([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}"), CODE);
        assertFalse(invited(1).toJson().encode().contains(CODE));
    }

    @Test
    void sameMachineKeepsItsIdWhateverItIsCalledNow() {
        Registry once = join(invited(3), "web1", "m1", 1).registry().move("web1", "berlin");
        Registry.Joined again = join(once, "other", "m1", 2);
        assertEquals("web1", again.id());
        assertEquals("berlin", again.registry().require("web1").group());
    }

    @ParameterizedTest
    @CsvSource({
        "web1,name_taken",
        "WEB1.example.org,name_taken",
        "host,name_taken",
        "boards,name_taken",
        "!!!,bad_request"
    })
    void nameIsNotGivenTwiceNorThatOfABoard(String name, String word) {
        assertEquals(word, refusal(join(invited(9), "web1", "m1", 1).registry(), name, "m2", 2));
    }

    @Test
    void nameOfARemovedMachineIsNotGivenToAnotherFor30Days() {
        Registry gone = join(invited(9), "web1", "m1", 1).registry().remove("web1", 2);
        assertEquals("name_taken", refusal(gone, "web1", "m2", 3));
        Registry later = gone.invite(CODE, new Invite("", 1, 40 * DAY, "admin"), 30 * DAY);
        assertEquals("web1", join(later, "web1", "m2", 31 * DAY).id());
    }

    @Test
    void noMoreMachinesThanAreAllowed() {
        Registry full = invited(9);
        for (int host = 0; host < 3; host++) {
            full = join(full, "web" + host, "m" + host, 1).registry();
        }
        assertEquals("too_many_agents", refusal(full, "web9", "m9", 2));
        assertEquals("web1", join(full, "web1", "m1", 2).id(), "one that is there may join again");
    }

    @Test
    void machineThatWaitsOrIsShutOutIsNotLetIn() {
        Registry waits = invited(2)
                .join(new Registry.Joining(CODE, "web1", "m1"), WAITING, 1)
                .registry();
        assertFalse(waits.require("web1").isLetIn());
        Registry in = waits.let("web1", true);
        assertTrue(in.require("web1").isLetIn());
        Registry out = in.let("web1", false);
        assertFalse(out.require("web1").isLetIn());
        Registry again =
                out.join(new Registry.Joining(CODE, "web1", "m1"), WAITING, 2).registry();
        assertFalse(again.require("web1").isLetIn(), "a code is no way around an administrator");
    }

    @Test
    void allIsThereAgainAfterItWasWrittenDown() {
        Registry registry = join(invited(2), "web1", "m1", 1)
                .registry()
                .tag("web1", Map.of("role", "db"))
                .rename("web1", "Web ✓")
                .heard(Map.of("web1", Host.added("x", "", "", 0).heard(77, "1.2")))
                .linked(Set.of("nas"), 5)
                .remove("nas", 6);
        assertEquals(registry, Registry.of(registry.toJson()));
    }

    @Test
    void textsThatWouldWriteElsewhereAreRefused() {
        Registry one = join(invited(2), "web1", "m1", 1).registry();
        assertThrows(ActionRefusal.class, () -> one.rename("web1", "a\nb"));
        assertThrows(ActionRefusal.class, () -> one.move("web1", "x".repeat(65)));
        assertThrows(ActionRefusal.class, () -> one.tag("web1", Map.of("a", "\u202e")));
        assertEquals(
                "unknown_host",
                assertThrows(ActionRefusal.class, () -> one.rename("web2", "x")).word());
    }

    @Test
    void noTwoMachinesAreCalledAlike() {
        Registry one = join(invited(5), "Web 1", "m1", 1).registry();
        Registry two = join(one, "nas", "m2", 2).registry();
        for (String taken : Set.of("web 1", "Web-1", " Web 1 ")) {
            assertEquals(
                    "name_taken",
                    assertThrows(ActionRefusal.class, () -> two.rename("nas", taken))
                            .word(),
                    taken);
        }
        Registry renamed = two.rename("web-1", "Web 1").rename("nas", "Archive");
        assertEquals("name_taken", refusal(renamed, "archive", "m3", 3));
        assertEquals("nas", renamed.rename("nas", "").require("nas").name());
    }
}
