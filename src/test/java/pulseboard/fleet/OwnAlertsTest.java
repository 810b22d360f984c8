package pulseboard.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class OwnAlertsTest {

    private static JsonObject counts(String alerts) {
        return OwnAlerts.counts(new JsonObject("{\"alerts\":" + alerts + "}"));
    }

    @Test
    void whatFiresIsCountedByItsLevel() {
        assertEquals(
                JsonObject.of("criticalCount", 1, "warningCount", 2),
                counts(
                        "{\"a\":{\"level\":\"critical\",\"board\":\"host\"},\"b\":{\"level\":\"warning\"},"
                                + "\"c\":{\"level\":\"warning\"},\"d\":{\"pendingLevel\":\"critical\"},\"e\":{\"level\":\"info\"}}"));
    }

    /** A hub in the list of another one does not bring the troubles of its machines. */
    @Test
    void whatIsSaidOfOtherMachinesDoesNotCount() {
        assertEquals(
                JsonObject.of("criticalCount", 0, "warningCount", 0),
                counts("{\"a\":{\"level\":\"critical\",\"board\":\"fleet\",\"key\":\"web1\"},"
                        + "\"b\":{\"level\":\"warning\",\"board\":\"web1/s3\"}}"));
    }

    @Test
    void whatIsNoBoardOfAlertsIsNotCounted() {
        assertEquals(new JsonObject(), OwnAlerts.counts(null));
        assertEquals(new JsonObject(), OwnAlerts.counts(new JsonObject()));
        assertEquals(new JsonObject(), counts("[1]"));
        assertEquals(
                JsonObject.of("criticalCount", 0, "warningCount", 0),
                counts("{\"a\":7,\"b\":{\"level\":{}},\"c\":{\"board\":1}}"));
    }
}
