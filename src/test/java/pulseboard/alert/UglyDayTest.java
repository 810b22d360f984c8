package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pulseboard.alert.Transition.Kind;

/**
 * A night and a day on which much goes wrong: values that come and go, three restarts, a mail server that is away for two hours, summer
 * time that begins, two reboots, quiet hours, a silence. Who is told what was written down before it was first run.
 */
@Tag("system")
class UglyDayTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static final JsonObject PARTS = new JsonObject("""
            {"routes":[{"name":"all","channels":["mail"],"escalate":{"after":"30m","channels":["phone"]}}],
             "quietHours":[{"name":"night","from":"23:00","to":"02:30","zone":"Europe/Berlin","letThrough":["critical"]}]}""");

    private static final String EXPECTED = """
            Sat 20:00:20 mail firing warning: 2 warning: /srv is 86 % full; swap is 91 % used
            Sat 20:05:20 mail resolved ok: over after 4 min: swap is 91 % used
            Sat 20:30:20 phone firing warning: /srv is 86 % full
            Sat 21:00:20 mail firing critical: /srv is 94 % full
            Sat 21:00:20 phone firing critical: /srv is 94 % full
            Sat 21:15:25 phone firing critical: the channel mail takes no messages (connection refused); it should have told: \
            the machine was restarted
            Sat 22:42:20 phone firing warning: comes and goes: wlan0 is slow
            Sat 22:45:20 phone resolved ok: over after 33 min: wlan0 is slow
            Sat 23:21:40 mail resolved ok: the machine was restarted
            Sat 23:21:40 mail resolved ok: was for 12 min: eth0 loses packets
            Sat 23:21:40 mail resolved ok: was for 3 min: wlan0 is slow
            Sat 23:21:40 mail resolved ok: was for 3 min: wlan0 is slow
            Sat 23:21:40 mail resolved ok: was for 33 min: wlan0 is slow
            Sat 23:21:40 phone resolved ok: over after 2 h 6 min: the channel mail takes no messages
            Sat 23:40:20 mail firing critical: the CPU is 96 °C hot
            Sat 23:45:20 mail resolved ok: over after 5 min: the CPU is 96 °C hot
            Sun 00:45:20 mail firing critical: the battery has 7 %
            Sun 00:50:20 mail resolved ok: over after 20 min: the battery has 7 %
            Sun 01:00:20 mail reminder critical: still, for 5 h: /srv is 94 % full
            Sun 01:00:20 phone reminder critical: still, for 5 h: /srv is 94 % full
            Sun 03:00:00 mail firing warning: the backup is 26 h old
            Sun 12:00:00 mail firing warning: 1 warning, 1 over: /home is 87 % full; /srv is 94 % full
            Sun 12:00:00 phone resolved ok: over after 10 h: /srv is 94 % full
            Sun 12:30:00 phone firing warning: /home is 87 % full
            Sun 13:00:20 mail resolved ok: over after 5 h: /home is 87 % full
            Sun 13:00:20 phone resolved ok: over after 5 h: /home is 87 % full
            Sun 14:00:20 mail resolved ok: over after 12 h 50 min: the backup is 26 h old
            Sun 14:30:20 mail resolved ok: the kernel killed java
            Sun 15:00:20 mail firing warning: the disk is 58 °C hot
            Sun 15:25:20 mail resolved ok: over after 25 min: the disk is 58 °C hot
            """;

    /** On the wall in Berlin; summer time begins at 02:00 of the Sunday. */
    private static long saturday(String time) {
        return at("2026-03-28T" + time);
    }

    private static long sunday(String time) {
        return at("2026-03-29T" + time);
    }

    private static long at(String time) {
        return LocalDateTime.parse(time).atZone(BERLIN).toInstant().toEpochMilli();
    }

    private static MessengerRun day() {
        MessengerRun run = new MessengerRun(BERLIN, PARTS, "mail", "phone")
                .away("mail", now -> saturday("21:10:00") <= now && now < saturday("23:10:00"));
        evening(new MessageScript(run));
        night(new MessageScript(run));
        sunday(new MessageScript(run));
        run.at(saturday("21:15:30"), MessengerRun::restart);
        run.at(sunday("01:30:30"), MessengerRun::restart);
        run.at(sunday("12:15:00"), MessengerRun::restart);
        Silence silence = new Silence(
                "1",
                new Selector(List.of(), List.of("disk-*"), List.of()),
                sunday("04:00:00"),
                sunday("12:00:00"),
                "the new disk comes today",
                "ada");
        run.at(silence.at(), it -> it.messenger().silence(silence, silence.at()));
        return run;
    }

    private static void evening(MessageScript script) {
        script.fires(saturday("20:00:00"), "disk-srv", "warning", "/srv is 86 % full")
                .fires(saturday("20:00:10"), "swap", "warning", "swap is 91 % used")
                .ends(saturday("20:05:00"), "swap")
                .acknowledged(saturday("20:40:00"), "disk-srv")
                .goesOn(saturday("21:00:00"), "disk-srv", Kind.RAISED, "level", "critical", "text", "/srv is 94 % full")
                .ends(sunday("07:00:00"), "disk-srv")
                .happens(saturday("21:15:00"), "reboot", "the machine was restarted")
                .fires(saturday("21:20:00"), "eth0", "warning", "eth0 loses packets")
                .ends(saturday("21:32:00"), "eth0")
                .fires(saturday("22:00:00"), "wlan0", "warning", "wlan0 is slow")
                .ends(saturday("22:03:00"), "wlan0")
                .fires(saturday("22:06:00"), "wlan0", "warning", "wlan0 is slow")
                .ends(saturday("22:09:00"), "wlan0")
                .flaps(saturday("22:12:00"), "wlan0")
                .ends(saturday("22:45:00"), "wlan0");
    }

    private static void night(MessageScript script) {
        script.fires(
                        saturday("23:30:00"),
                        "memory",
                        "warning",
                        "memory is 93 % used") // Came and went in the quiet hours.
                .ends(saturday("23:50:00"), "memory")
                .fires(saturday("23:40:00"), "cpu-hot", "critical", "the CPU is 96 °C hot")
                .ends(saturday("23:45:00"), "cpu-hot")
                .fires(sunday("00:10:00"), "backup", "warning", "the backup is 26 h old") // Is told at their end.
                .acknowledged(sunday("03:10:00"), "backup")
                .ends(sunday("14:00:00"), "backup")
                .fires(sunday("00:30:00"), "battery", "warning", "the battery has 18 %")
                .goesOn(sunday("00:45:00"), "battery", Kind.RAISED, "level", "critical", "text", "the battery has 7 %")
                .ends(sunday("00:50:00"), "battery")
                .happens(sunday("01:30:00"), "reboot", "the machine was restarted");
    }

    private static void sunday(MessageScript script) {
        script.fires(sunday("08:00:00"), "disk-home", "warning", "/home is 87 % full") // Is told when the silence ends.
                .ends(sunday("13:00:00"), "disk-home")
                .fires(sunday("09:00:00"), "disk-tmp", "warning", "/tmp is 99 % full") // Came and went in the silence.
                .ends(sunday("09:30:00"), "disk-tmp")
                .happens(sunday("14:30:00"), "killed", "the kernel killed java")
                .fires(sunday("15:00:00"), "disk-hot", "warning", "the disk is 58 °C hot")
                .goesOn(sunday("15:05:00"), "disk-hot", Kind.UNKNOWN)
                .goesOn(sunday("15:20:00"), "disk-hot", Kind.KNOWN)
                .ends(sunday("15:25:00"), "disk-hot");
    }

    private static MessengerRun run(MessengerRun run) {
        return run.until(sunday("20:00:00"));
    }

    @Test
    void messagesAreThoseThatWereWrittenDown() {
        assertEquals(EXPECTED, run(day()).lines());
    }

    @Test
    void theyAreTheSameWhereverTheProgramIsKilled() {
        int commits = run(day()).commits();
        assertTrue(commits > 100, () -> commits + " writes");
        for (int commit = 1; commit <= commits; commit++) {
            assertEquals(EXPECTED, run(day().killAt(commit, true)).lines(), "killed before write " + commit);
            assertEquals(EXPECTED, run(day().killAt(commit, false)).lines(), "killed after write " + commit);
        }
    }

    @Test
    void nothingIsSentTwiceUnlessItWasNotKnownWhetherItArrived() {
        List<String> ids = run(day()).tries().stream()
                .filter(MessengerRun.Delivery::isTaken)
                .map(each -> each.channel() + each.message().id())
                .toList();
        assertEquals(ids.stream().distinct().toList(), ids);
    }

    @Test
    void afterTheDayNothingIsLeftToDo() {
        MessengerRun run = run(day());
        assertEquals(Long.MAX_VALUE, run.messenger().nextAt(run.now()));
        assertEquals(new JsonArray(), run.messenger().outbox().getJsonArray("waiting"));
        assertEquals(new JsonArray(), run.messenger().outbox().getJsonArray("dead"));
    }
}
