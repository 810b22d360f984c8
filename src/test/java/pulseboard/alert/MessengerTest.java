package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import pulseboard.alert.channel.ChannelFailure;

/** Who is told what, case by case. */
class MessengerTest {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private static MessengerRun run(String parts, String... channels) {
        return new MessengerRun(ZoneOffset.UTC, new JsonObject(parts.replace('\'', '"')), channels);
    }

    private static Silence silence(String rule, long from, long until) {
        return new Silence("s", new Selector(List.of(), List.of(rule), List.of()), from, until, "", "ada");
    }

    @Test
    void resolvedIsNotToldForWhatWasNeverToldAsFiring() {
        MessengerRun run = run("{}", "mail");
        Transition end = new Transition("x", Transition.Kind.RESOLVED, 5, JsonObject.of("rule", "x"));
        run.at(5, it -> it.messenger().take(List.of(end), 5)).until(HOUR);
        assertEquals("", run.lines());
    }

    @Test
    void healthyMachineIsNeverWoken() {
        MessengerRun run = run("{}", "mail").until(HOUR);
        assertEquals(Long.MAX_VALUE, run.messenger().nextAt(HOUR));
    }

    @Test
    void criticalIsToldAgainUntilSomebodyHasSeenItAndWarningsAreNot() {
        MessengerRun run = run("{}", "mail");
        new MessageScript(run)
                .fires(0, "hot", "critical", "it burns")
                .fires(0, "warm", "warning", "it is warm")
                .acknowledged(9 * HOUR, "hot")
                .ends(20 * HOUR, "hot");
        assertEquals("""
                Thu 00:00:20 mail firing critical: 1 critical, 1 warning: it burns; it is warm
                Thu 04:00:20 mail reminder critical: still, for 4 h: it burns
                Thu 08:00:20 mail reminder critical: still, for 8 h: it burns
                Thu 20:00:20 mail resolved ok: over after 20 h: it burns
                """, run.until(40 * HOUR).lines());
    }

    @Test
    void manyAtOnceAreOneMessageAndOneWhenTheyAreBack() {
        MessengerRun run = run("{}", "mail");
        MessageScript script = new MessageScript(run);
        for (int each = 0; each < 300; each++) {
            script.fires(each * 10L, "disk-" + each, "critical", "disk " + each + " is full");
            script.ends(HOUR + each * 10L, "disk-" + each);
        }
        List<MessengerRun.Delivery> received = run.until(2 * HOUR).received();
        assertEquals(
                List.of("firing", "resolved"),
                received.stream().map(each -> each.message().kind()).toList());
        String subject = received.get(0).message().subject();
        assertTrue(subject.startsWith("300 critical: "), subject);
        assertTrue(received.get(0).at() <= MINUTE, () -> received.get(0).at() + " ms after the first");
    }

    @Test
    void ruleMaySayItselfHowOftenItIsToldAgain() {
        MessengerRun run = run("{}", "mail");
        JsonObject alert = JsonObject.of("rule", "warm", "text", "it is warm", "repeat", "1h");
        run.at(0, it -> it.messenger().take(List.of(new Transition("w", Transition.Kind.FIRING, 0, alert)), 0));
        assertEquals(3, run.until(2 * HOUR + MINUTE).received().size());
    }

    @Test
    void whatNobodyAcknowledgesGoesFurther() {
        String parts = "{'routes':[{'name':'r','channels':['mail'],'escalate':{'after':'30m','channels':['phone']}}]}";
        MessengerRun run = run(parts, "mail", "phone");
        new MessageScript(run)
                .fires(0, "seen", "critical", "seen")
                .acknowledged(29 * MINUTE, "seen")
                .ends(HOUR, "seen")
                .fires(2 * HOUR, "unseen", "critical", "unseen")
                .ends(3 * HOUR, "unseen");
        assertEquals("""
                Thu 00:00:20 mail firing critical: seen
                Thu 01:00:20 mail resolved ok: over after 1 h: seen
                Thu 02:00:20 mail firing critical: unseen
                Thu 02:30:20 phone firing critical: unseen
                Thu 03:00:20 mail resolved ok: over after 1 h: unseen
                Thu 03:00:20 phone resolved ok: over after 1 h: unseen
                """, run.until(5 * HOUR).lines());
    }

    @Test
    void silenceThatIsTakenBackTellsWhatStillFires() {
        MessengerRun run = run("{}", "mail");
        new MessageScript(run)
                .fires(MINUTE, "a", "critical", "a fires")
                .fires(2 * MINUTE, "b", "critical", "b fires")
                .ends(3 * MINUTE, "b");
        run.at(0, it -> it.messenger().silence(silence("*", 0, HOUR), 0));
        run.at(10 * MINUTE, it -> {
            assertEquals(
                    HOUR,
                    it.messenger()
                            .silencedUntil(JsonObject.of("rule", "a"), it.now())
                            .orElse(0));
            assertTrue(it.messenger().unsilence("s", it.now()));
            assertFalse(it.messenger().unsilence("s", it.now()));
        });
        assertEquals(
                "Thu 00:10:00 mail firing critical: a fires\n",
                run.until(3 * HOUR).lines());
    }

    @Test
    void endOfWhatWasToldIsToldWhenTheSilenceIsOver() {
        MessengerRun run = run("{}", "mail");
        new MessageScript(run).fires(0, "a", "critical", "a fires").ends(10 * MINUTE, "a");
        run.at(5 * MINUTE, it -> it.messenger().silence(silence("a", 5 * MINUTE, HOUR), 5 * MINUTE));
        assertEquals("""
                Thu 00:00:20 mail firing critical: a fires
                Thu 01:00:00 mail resolved ok: over after 10 min: a fires
                """, run.until(3 * HOUR).lines());
    }

    @Test
    void manyMessagesBecomeADigestThatSaysHowMany() {
        MessengerRun run = run("{'routes':[{'name':'r','channels':['mail'],'wait':'0s','group':'alert'}]}", "mail");
        MessageScript script = new MessageScript(run);
        IntStream.range(0, 40).forEach(i -> script.fires(i * SECOND, "r" + i, "warning", "r" + i));
        IntStream.range(0, 30).forEach(i -> script.ends(60 * SECOND + i, "r" + i));
        List<MessengerRun.Delivery> received = run.until(HOUR).received();
        assertEquals(21, received.size());
        MessengerRun.Delivery digest = received.get(20);
        assertEquals(10 * MINUTE + 20 * SECOND, digest.at());
        assertEquals(
                "40 messages held back in 10 min, since there were too many: 10 warning, 30 over",
                digest.message().subject());
        assertEquals(40, digest.message().items().size());
    }

    @Test
    void triesAreFurtherAndFurtherApartAndThenGivenUp() {
        MessengerRun run = run("{}", "mail").away("mail", now -> true);
        new MessageScript(run).fires(0, "a", "warning", "a fires");
        run.until(48 * HOUR);
        List<Long> gaps = new ArrayList<>();
        List<MessengerRun.Delivery> tries = run.tries();
        for (int i = 1; i < tries.size(); i++) {
            gaps.add((tries.get(i).at() - tries.get(i - 1).at()) / SECOND);
        }
        assertEquals(List.of(5L, 15L, 60L, 300L, 900L, 900L), gaps.subList(0, 6));
        assertTrue(tries.get(tries.size() - 1).at() - 20 * SECOND >= 24 * HOUR);
        assertEquals(
                1, tries.stream().map(each -> each.message().id()).distinct().count(), "the same id each time");
        assertEquals(1, run.messenger().outbox().getJsonArray("dead").size());
        assertEquals(Long.MAX_VALUE, run.messenger().nextAt(run.now()));
    }

    @Test
    void whatWasGivenUpAndStillFiresIsToldWhenTheChannelIsBack() {
        MessengerRun run = run("{}", "mail").away("mail", now -> now < 30 * HOUR);
        new MessageScript(run).fires(0, "a", "warning", "a fires").fires(40 * HOUR, "b", "warning", "b fires");
        assertEquals("""
                Fri 16:00:20 mail firing warning: b fires
                Fri 16:00:20 mail firing warning: a fires
                """, run.until(48 * HOUR).lines());
    }

    @Test
    void messageThatIsRefusedForGoodIsNotTriedAgain() {
        Messenger messenger = new Messenger("web1", "");
        messenger.routing(Routing.of(new JsonObject(), List.of("mail")), 0);
        JsonObject alert = JsonObject.of("rule", "a", "text", "a fires");
        messenger.take(List.of(new Transition("a", Transition.Kind.FIRING, 0, alert)), 0);
        messenger.tick(20 * SECOND);
        Letter letter = messenger.due(20 * SECOND).get(0);
        assertEquals(List.of(), messenger.due(20 * SECOND), "it is under way");
        messenger.failed(letter.message().id(), new ChannelFailure("413 too large", true, 0), 21 * SECOND);
        assertEquals(Long.MAX_VALUE, messenger.nextAt(21 * SECOND));
        JsonObject dead = messenger.outbox().getJsonArray("dead").getJsonObject(0);
        assertEquals("413 too large", dead.getString("reason"));
        assertEquals(
                JsonObject.of("ok", false, "waitingCount", 0, "since", 21 * SECOND, "reason", "413 too large"),
                messenger.channelsOnBoard().getJsonObject("mail"));
    }

    @Test
    void otherSideSaysHowLongItWantsToBeLeftAlone() {
        Messenger messenger = new Messenger("web1", "");
        messenger.routing(Routing.of(new JsonObject(), List.of("mail")), 0);
        JsonObject alert = JsonObject.of("rule", "a", "text", "a fires");
        messenger.take(List.of(new Transition("a", Transition.Kind.FIRING, 0, alert)), 0);
        messenger.tick(20 * SECOND);
        Letter letter = messenger.due(20 * SECOND).get(0);
        messenger.failed(letter.message().id(), new ChannelFailure("429", false, 600), 20 * SECOND);
        assertEquals(620 * SECOND, messenger.nextAt(20 * SECOND));
    }

    @Test
    void channelThatIsGoneKeepsNothingWaiting() {
        MessengerRun run = run("{}", "mail").away("mail", now -> true);
        new MessageScript(run).fires(0, "a", "warning", "a fires");
        run.until(MINUTE);
        run.messenger().routing(Routing.NOBODY, MINUTE);
        assertEquals(new JsonArray(), run.messenger().outbox().getJsonArray("waiting"));
        assertEquals(new JsonObject(), run.messenger().channelsOnBoard());
        assertEquals(Long.MAX_VALUE, run.messenger().nextAt(MINUTE));
    }

    @Test
    void clockThatIsPutBackDelaysNothingForLong() {
        Messenger messenger = new Messenger("web1", "");
        long later = 10 * HOUR;
        messenger.routing(Routing.of(new JsonObject(), List.of("mail")), later);
        JsonObject alert = JsonObject.of("rule", "a", "text", "a fires");
        messenger.take(List.of(new Transition("a", Transition.Kind.FIRING, later, alert)), later);
        messenger.tick(0);
        assertEquals(MINUTE, messenger.nextAt(0));
    }

    @Test
    void whySaysEachStepWithItsTime() {
        String parts = "{'routes':[{'name':'disks','rules':['disk*'],'channels':['mail']},"
                + "{'name':'night','severity':'critical','channels':['mail']}]}";
        MessengerRun run = run(parts, "mail");
        run.at(0, it -> it.messenger().silence(silence("disk", 0, HOUR), 0));
        new MessageScript(run).fires(0, "disk", "warning", "/srv is full");
        run.until(2 * HOUR);
        JsonObject why = run.messenger().why("disk", run.now()).orElseThrow();
        assertEquals(
                JsonObject.of("takes", false, "why", "it takes only what is critical"),
                why.getJsonObject("routes").getJsonObject("night"));
        List<String> steps = new ArrayList<>();
        why.getJsonArray("steps").forEach(each -> steps.add(step((JsonObject) each)));
        String id = run.received().get(0).message().id();
        assertEquals(
                List.of(
                        "0 rule firing: /srv is full",
                        "0 hold disks: held back by silence s of ada",
                        "3600 hold disks: nothing holds it back any more",
                        "3600 message mail: message " + id + ": /srv is full",
                        "3600 channel mail took message " + id + ": 250 OK"),
                steps);
        assertTrue(run.messenger().why("other", run.now()).isEmpty());
    }

    private static String step(JsonObject step) {
        return TimeUnit.MILLISECONDS.toSeconds(step.getLong("at")) + " " + step.getString("step") + " "
                + step.getString("text");
    }
}
