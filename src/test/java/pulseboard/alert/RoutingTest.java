package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pulseboard.alert.channel.Readers;

/** Who is told what, as files say it. */
class RoutingTest {

    private static Routing routing(String json) {
        return Routing.of(new JsonObject(json.replace('\'', '"')), List.of("phone", "mail"));
    }

    private static JsonObject alert(String rule, String key) {
        return JsonObject.of("board", "host", "rule", rule, "key", key);
    }

    @Test
    void withoutRoutesAllGoesToAllChannels() {
        Route route = routing("{}").routes().get(0);
        assertEquals("default", route.name());
        assertEquals(List.of("mail", "phone"), route.channels());
        assertEquals(TimeUnit.SECONDS.toMillis(20), route.waitMilliseconds());
        assertEquals(TimeUnit.HOURS.toMillis(4), route.repeatMilliseconds());
        assertEquals("", route.refusal(alert("any", ""), Level.WARNING));
        assertEquals("it takes only what is warning", route.refusal(alert("any", ""), Level.INFO));
        assertEquals(List.of(), Routing.of(new JsonObject(), List.of()).routes());
    }

    @Test
    void routeSaysAll() {
        Route route = routing("""
                {'routes':[{'name':'disks','channels':'mail','boards':'host','rules':['filesystem-*','inodes'],'keys':['/srv*'],
                 'severity':'critical','group':'rule','wait':'1m','repeat':'never','escalate':{'channels':['phone']}}]}""").routes().get(0);
        assertEquals("", route.refusal(alert("filesystem-full", "/srv/a"), Level.CRITICAL));
        assertEquals("it takes only what is critical", route.refusal(alert("inodes", "/srv"), Level.WARNING));
        assertEquals("its keys are /srv*", route.refusal(alert("inodes", "/home"), Level.CRITICAL));
        assertEquals("its rules are filesystem-*, inodes", route.refusal(alert("memory", "/srv"), Level.CRITICAL));
        assertEquals("", route.refusal(alert("memory", "").put("route", "disks"), Level.WARNING));
        assertEquals(
                "its rule names the route none",
                route.refusal(alert("inodes", "/srv").put("route", "none"), Level.CRITICAL));
        assertEquals("host/inodes", route.group().keyOf("1", alert("inodes", "/srv")));
        assertEquals(TimeUnit.MINUTES.toMillis(1), route.waitMilliseconds());
        assertEquals(0, route.repeatMilliseconds());
        assertEquals(TimeUnit.MINUTES.toMillis(30), route.escalation().after());
    }

    @Test
    void partsMayBeNamesWithWhatTheyAre() {
        Routing routing = routing("{'routes':{'disks':{'channels':['mail']}},'maintenance':{'move':"
                + "{'from':'2026-12-24T18:00','to':'2026-12-24T19:00','zone':'UTC'}}}");
        assertEquals("disks", routing.routes().get(0).name());
        assertEquals("move", routing.maintenance().get(0).name());
    }

    private static final String PEOPLE = """
            {'people':{'anna':{'user':'anna.b','channels':['phone'],'severity':'critical',
               'quietHours':{'from':'22:00','to':'06:00','zone':'UTC','letThrough':['critical']}},
              'ben':{'channels':['mail']}},
             'routes':[{'name':'disks','channels':['mail'],'users':['anna']},{'name':'rest','role':'operator'}],
             'quietHours':[{'name':'noon','routes':['disks'],'from':'12:00','to':'13:00','zone':'UTC'}]}
            """;

    /** Those whose account and role are these. */
    private static Readers readers(Map<String, String> roles) {
        List<String> all = List.of("viewer", "operator", "admin");
        return new Readers() {
            @Override
            public boolean mayRead(String user) {
                return roles.containsKey(user);
            }

            @Override
            public boolean hasRole(String user, String role) {
                return all.indexOf(roles.getOrDefault(user, "")) >= all.indexOf(role);
            }
        };
    }

    private static Routing people(Map<String, String> roles) {
        return Routing.of(new JsonObject(PEOPLE.replace('\'', '"')), List.of("phone", "mail"), readers(roles));
    }

    private static List<String> names(Routing routing) {
        return routing.routes().stream().map(Route::name).toList();
    }

    @Test
    void routeMayNamePeopleOrTheirRole() {
        Routing routing = people(Map.of("anna.b", "admin", "ben", "viewer"));
        assertEquals(List.of("disks", "disks/anna", "rest/anna"), names(routing));
        assertEquals(List.of("phone"), routing.routes().get(1).channels());
        assertEquals(Level.CRITICAL, routing.routes().get(1).severity());
        assertEquals("", routing.routes().get(1).refusal(alert("any", "").put("route", "disks"), Level.WARNING));
        assertEquals(
                List.of("disks", "disks/anna", "rest/anna", "rest/ben"),
                names(people(Map.of("anna.b", "admin", "ben", "operator"))));
    }

    /** Whoever may not see the alerts is not told of them either. */
    @Test
    void whoHasNoAccountIsNotTold() {
        assertEquals(List.of("disks"), names(people(Map.of("ben", "viewer"))));
    }

    @Test
    void quietHoursOfAPersonAreForThemAlone() {
        Routing routing = people(Map.of("anna.b", "admin", "ben", "viewer"));
        long night = TimeUnit.HOURS.toMillis(1);
        long noon = TimeUnit.HOURS.toMillis(12);
        assertEquals("quiet hours of anna", held(routing, "disks/anna", Level.WARNING, night));
        assertEquals("quiet hours of anna", held(routing, "rest/anna", Level.WARNING, night));
        assertEquals("", held(routing, "disks/anna", Level.CRITICAL, night));
        assertEquals("", held(routing, "disks", Level.WARNING, night));
        assertEquals("quiet hours noon", held(routing, "disks/anna", Level.WARNING, noon));
        assertEquals("", held(routing, "rest/anna", Level.WARNING, noon));
    }

    private static String held(Routing routing, String route, Level level, long now) {
        return routing.hold(alert("any", ""), level, route, now).map(Held::by).orElse("");
    }

    @Test
    void longestHoldCounts() {
        Routing routing = routing("{'quietHours':[{'name':'night','from':'00:00','to':'06:00','zone':'UTC'},"
                + "{'name':'nap','from':'00:00','to':'02:00','zone':'UTC'}]}");
        Held held = routing.hold(alert("any", ""), Level.CRITICAL, "default", TimeUnit.HOURS.toMillis(1))
                .orElseThrow();
        assertEquals(new Held("quiet hours night", TimeUnit.HOURS.toMillis(6)), held);
    }

    @Test
    void maintenanceThatGoesOnHasAName() {
        Routing routing = routing(
                "{'maintenance':[{'name':'backup','rules':['io-*'],'from':'03:00','to':'05:00','zone':'UTC'}]}");
        assertEquals("backup", routing.maintenance(alert("io-pressure", ""), TimeUnit.HOURS.toMillis(4)));
        assertEquals("", routing.maintenance(alert("io-pressure", ""), TimeUnit.HOURS.toMillis(5)));
        assertEquals("", routing.maintenance(alert("other", ""), TimeUnit.HOURS.toMillis(4)));
    }

    @Test
    void starStandsForAnyText() {
        Map.of("*", "", "a*", "abc", "*c", "abc", "a*c", "ac", "*b*", "abc", "a*b*c", "aXbXbYc", "abc", "abc")
                .forEach((pattern, text) -> assertTrue(Selector.fits(pattern, text), pattern));
        Map.of("", "a", "a*", "ba", "*c", "cb", "a*c", "ab", "a*b*c", "acb", "abc", "ab")
                .forEach((pattern, text) -> assertFalse(Selector.fits(pattern, text), pattern));
        assertFalse(Selector.fits("*a".repeat(1_000) + "b", "a".repeat(20_000)), "and takes no time for it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'routes':'mail'} | routes: expected a list, each with a name: \"- name: …\"",
                "{'routes':['mail']} | routes: expected names and values in each, not a text",
                "{'routes':[{'channels':['mail']}]} | routes: each needs a name of lower-case letters, digits and hyphens, at most 63",
                "{'routes':[{'name':'A b','channels':['mail']}]} | routes: each needs a name of lower-case letters, digits and hyphens, at most 63; A b is none",
                "{'routes':[{'name':'a','channels':['mail']},{'name':'a','channels':['mail']}]} | routes: a: this name is there twice",
                "{'routes':[{'name':'a','chanels':['mail']}]} | routes: a: unknown key chanels; the nearest is channels",
                "{'routes':[{'name':'a'}]} | routes: a: channels: say where to, such as channels: [mail], or to whom: users: [anna]",
                "{'routes':[{'name':'a','channels':['fone']}]} | routes: a: channels: fone is not known; the nearest is phone of mail, phone",
                "{'routes':[{'name':'a','channels':{}}]} | routes: a: channels: expected a list such as [a, b]",
                "{'routes':[{'name':'a','channels':[{}]}]} | routes: a: channels: expected a list of texts such as [a, b]",
                "{'routes':[{'name':'a','channels':'mail','severity':'bad'}]} | routes: a: severity: bad is not known; the nearest is warning of warning, critical",
                "{'routes':[{'name':'a','channels':'mail','wait':'2h'}]} | routes: a: wait: at most 1h, not 2h",
                "{'routes':[{'name':'a','channels':'mail','escalate':{'after':'1m'}}]} | routes: a: escalate: channels: say who is told then, such as channels: [phone]",
                "{'routes':[{'name':'a','channels':'mail','escalate':'phone'}]} | routes: a: escalate: expected names and values",
                "{'routes':[{'name':'none','channels':'mail'}]} | routes: none: name: none is what a rule says that is told to nobody; choose another",
                "{'quietHours':[{'name':'n','from':'1','to':'2','routes':['x']}]} | quietHours: n: routes: x is not known; the nearest is default of default",
                "{'quietHours':[{'name':'n','form':'22:00'}]} | quietHours: n: unknown key form; the nearest is from",
                "{'maintenance':[{'name':'n','rule':'x'}]} | maintenance: n: unknown key rule; the nearest is rules"
            })
    void whatIsWrongIsSaidWithItsPlaceAndTheMend(String json, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> routing(json))
                        .getMessage());
    }

    @Test
    void timeThatIsNoneIsSaidToBeOne() {
        String message = String.valueOf(assertThrows(
                        IllegalArgumentException.class,
                        () -> routing("{'routes':[{'name':'a','channels':'mail','repeat':'often'}]}"))
                .getMessage());
        assertTrue(message.startsWith("routes: a: repeat: "), message);
        assertTrue(message.contains("10m"), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 1000 | say which rules or keys; \"*\" means all",
                "{'rules':['*']} | 0 | untilMilliseconds must be Unix milliseconds within the next 30 days, not 0",
                "{'rules':['*']} | 2592000001 | untilMilliseconds must be Unix milliseconds within the next 30 days, not 2592000001"
            })
    void silenceEndsAndSaysWhatItIsAbout(String json, long until, String message) {
        Selector selector = Selector.of(new JsonObject(json.replace('\'', '"')));
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> new Silence("1", selector, 0, until, "", ""))
                        .getMessage());
    }
}
