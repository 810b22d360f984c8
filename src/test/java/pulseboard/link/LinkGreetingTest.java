package pulseboard.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkGreetingTest {

    private static LinkGreeting with(String key, Object value) {
        return LinkGreeting.of(JsonObject.of(key, value), 1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://web1.example/",
                "http://192.168.1.7:8080/",
                "https://a.example/monitor/",
                "http://[::1]:8/"
            })
    void ordinaryAddressOfAPageIsTaken(String page) {
        assertEquals(page, with("page", page).page());
    }

    /** It becomes a link on a page where people are signed in. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "ftp://a.example/",
                "//a.example/",
                "https://hub.example@evil.example/",
                "https://a.example/?token=x",
                "https://a.example/#x",
                "https:///x",
                "https://a b.example/",
                "https://a.example/\u202e",
                ""
            })
    void anythingElseIsNot(String page) {
        assertEquals("", with("page", page).page());
    }

    @Test
    void whatIsTooLongIsNotTaken() {
        assertEquals("", with("page", "https://a.example/" + "x".repeat(300)).page());
        assertEquals("", with("version", "1".repeat(65)).version());
        assertEquals(500, with("at", 1_500L).clockSkewMilliseconds());
    }
}
