package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import pulseboard.alert.channel.Readers;

/** What people choose for themselves. */
class PeopleTest {

    private static final long NIGHT = TimeUnit.HOURS.toMillis(1);
    private static final List<String> CHANNELS = List.of("mail", "phone");
    private static final JsonObject FILES = new JsonObject("""
            {"people":{"anna":{"user":"anna.b","channels":["phone","mail"],
               "quietHours":{"from":"22:00","to":"06:00","zone":"UTC","letThrough":["critical"]}},
              "ben":{"channels":["mail"]}},
             "routes":[{"name":"all","users":["anna","ben"]}]}
            """);

    private final People people = new People(Readers.ALL);

    PeopleTest() {
        people.files(FILES, CHANNELS);
    }

    private static JsonObject choice(String severity, String... channels) {
        return JsonObject.of("severity", severity, "channels", new JsonArray(List.of(channels)));
    }

    private void choose(String user, JsonObject choice) {
        people.choose(people.find(user).orElseThrow(), choice);
    }

    private Route route(String name) {
        return people.routing().routes().stream()
                .filter(route -> route.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private boolean isHeld(String route) {
        JsonObject alert = JsonObject.of("board", "host", "rule", "any", "key", "");
        return people.routing().hold(alert, Level.WARNING, route, NIGHT).isPresent();
    }

    @Test
    void choiceTakesThePlaceOfTheFileForOnePersonAlone() {
        assertTrue(isHeld("all/anna"));
        Routing before = people.routing();
        choose("anna.b", choice("critical", "phone"));
        assertFalse(isHeld("all/anna"), "no quiet hours were chosen");
        assertEquals(List.of("phone"), route("all/anna").channels());
        assertEquals(Level.CRITICAL, route("all/anna").severity());
        assertEquals(List.of("mail"), route("all/ben").channels());
        assertFalse(people.areAsIn(before));
        assertTrue(people.forget("anna.b"));
        assertTrue(people.areAsIn(before));
        assertFalse(people.forget("anna.b"));
    }

    @Test
    void quietHoursThatAreChosenHoldBackWhatIsForThatPerson() {
        Routing before = people.routing();
        JsonObject always = JsonObject.of("from", "00:00", "to", "24:00", "zone", "UTC");
        choose("ben", choice("warning", "mail").put("quietHours", always));
        assertTrue(isHeld("all/ben"));
        assertFalse(people.areAsIn(before), "other quiet hours are another routing");
    }

    @Test
    void choiceOutlastsARestart() {
        choose("ben", choice("critical", "mail"));
        Batch batch = new Batch();
        people.save(batch);
        Map<String, Map<String, JsonObject>> kept = new TreeMap<>();
        batch.writes()
                .forEach(write -> kept.computeIfAbsent(write.map(), map -> new TreeMap<>())
                        .put(write.key(), new JsonObject(String.valueOf(write.value()))));
        People later = new People(Readers.ALL);
        later.restore(kept);
        later.files(FILES, CHANNELS);
        assertTrue(later.areAsIn(people.routing()));
        assertEquals(people.choice("ben"), later.choice("ben"));
    }

    @Test
    void onlyWhatIsTheirsCanBeChosenAndWhatIsWrongIsSaid() {
        assertTrue(people.find("anna").isEmpty(), "that is her name in the file, and she signs in by another");
        assertTrue(
                refusal("ben", choice("warning", "phone")).contains("notifications: ben: channels: phone is not known"),
                () -> refusal("ben", choice("warning", "phone")));
        assertTrue(refusal("ben", choice("loud", "mail")).contains("severity: loud is not known"));
        JsonObject never = JsonObject.of("from", "22:00", "to", "22:00");
        assertTrue(refusal("ben", choice("warning", "mail").put("quietHours", never))
                .contains("is the same as from"));
        assertTrue(people.choice("ben").isEmpty());
    }

    private String refusal(String user, JsonObject choice) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> choose(user, choice))
                .getMessage());
    }

    /** A file that takes a channel away from somebody takes it away. */
    @Test
    void choiceThatCannotBeAnyMoreCountsNoMore() {
        choose("anna.b", choice("critical", "phone"));
        JsonObject fewer = FILES.copy();
        fewer.getJsonObject("people").getJsonObject("anna").put("channels", new JsonArray(List.of("mail")));
        people.files(fewer, CHANNELS);
        assertEquals(List.of("mail"), route("all/anna").channels());
        assertEquals(Level.WARNING, route("all/anna").severity());
    }
}
