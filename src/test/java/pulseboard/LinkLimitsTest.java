package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** A link that is misused ends, and nobody else notices. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinkLimitsTest extends LinkedMachine {

    private static final int BAD_MESSAGE = 1007;
    private static final int LIMITS_EXCEEDED = 4413;

    private void assertCloses(int code, String... messages) throws Exception {
        LinkSite.Peer peer = site.link(site.token("publish:other"));
        for (String message : messages) {
            peer.send(message);
        }
        assertEquals(code, peer.closeCode(), () -> messages[messages.length - 1].substring(0, 40));
    }

    private static String hello(int boards) {
        JsonObject infos = new JsonObject();
        for (int board = 0; board < boards; board++) {
            infos.put("toy-" + board, LinkSite.Peer.board("Toy"));
        }
        return LinkSite.Peer.hello(infos).encode();
    }

    private static String snapshot(String state) {
        return "{\"type\":\"snapshot\",\"board\":\"toy-0\",\"epoch\":\"e\",\"seq\":0,\"at\":1,\"state\":" + state + "}";
    }

    private static String change(String patch) {
        return "{\"type\":\"change\",\"board\":\"toy-0\",\"epoch\":\"e\",\"seq\":1,\"at\":1,\"patch\":" + patch + "}";
    }

    @Test
    void whatIsNoMessageEndsTheLink() throws Exception {
        begin();
        assertCloses(BAD_MESSAGE, "no JSON");
        assertCloses(BAD_MESSAGE, change("{}")); // The first must be a greeting.
        assertCloses(BAD_MESSAGE, "{\"type\":\"hello\"}");
        assertCloses(BAD_MESSAGE, hello(1), hello(1));
        assertCloses(BAD_MESSAGE, hello(1), change("[]"));
        assertCloses(BAD_MESSAGE, hello(1), snapshot("7"));
        assertCloses(
                BAD_MESSAGE,
                LinkSite.Peer.hello(JsonObject.of("No Name", LinkSite.Peer.board("x")))
                        .encode());
        count(8, 2);
        awaitCount(2);
    }

    @Test
    void whatIsTooMuchEndsTheLink() throws Exception {
        begin();
        assertCloses(LIMITS_EXCEEDED, hello(17));
        assertCloses(LIMITS_EXCEEDED, hello(1), snapshot("{\"a\":\"" + "x".repeat(600_000) + "\"}"));
        assertCloses(LIMITS_EXCEEDED, hello(1), snapshot("{\"a\":\"" + "x".repeat(5_000) + "\"}"));
        assertCloses(LIMITS_EXCEEDED, hello(1), snapshot("{\"" + "k".repeat(300) + "\":1}"));
        assertCloses(LIMITS_EXCEEDED, hello(1), snapshot("{\"a\":".repeat(20) + "1" + "}".repeat(20)));
        assertCloses(LIMITS_EXCEEDED, hello(1), change("{\"a\":[" + "\"xxxxxxx\",".repeat(7_000) + "1]}"));
        assertCloses(LIMITS_EXCEEDED, hello(1), snapshot("{\"a\":[" + "1,".repeat(21_000) + "1]}"));
        assertCloses(LIMITS_EXCEEDED, hello(1), snapshot("{\"a\":1" + "0".repeat(400) + "}"));
        assertCloses(LIMITS_EXCEEDED, hello(1), snapshot("{}").replace("\"e\"", '"' + "e".repeat(5_000) + '"'));
        String[] often = new String[40];
        Arrays.fill(often, change("{}"));
        often[0] = hello(1);
        assertCloses(LIMITS_EXCEEDED, often);
        count(8, 2);
        awaitCount(2);
    }

    /** What is not counted for a board costs time all the same. */
    @Test
    void answersThatNobodyAskedForAreCounted() throws Exception {
        begin();
        String[] answers = new String[30];
        Arrays.fill(
                answers,
                snapshot("{\"a\":[" + ("\"" + "x".repeat(4_000) + "\",").repeat(100) + "1]}")
                        .replace("\"seq\"", "\"id\":99,\"seq\""));
        answers[0] = hello(1);
        assertCloses(LIMITS_EXCEEDED, answers);
        count(8, 2);
        awaitCount(2);
    }

    /** Of each there may be a history, which stays. */
    @Test
    void boardsThatCameAndWentAreCountedToo() throws Exception {
        String token = site.token("publish:other");
        for (int turn = 0; turn < 4; turn++) {
            LinkSite.Peer peer = site.link(token);
            peer.send(hello(16).replace("toy-", "toy-" + turn + "-"));
            for (int board = 0; board < 16; board++) {
                peer.next("watch");
            }
            peer.close();
        }
        LinkSite.Peer peer = site.link(token);
        peer.send(hello(16).replace("toy-", "toy-0-"));
        peer.send(JsonObject.of("type", "from_the_future"));
        peer.next("error");
        peer.send("{\"type\":\"withdraw\",\"board\":\"toy-0-0\"}");
        peer.send(JsonObject.of("type", "announce", "board", "one-more", "info", LinkSite.Peer.board("One")));
        assertEquals(LIMITS_EXCEEDED, peer.closeCode());
    }

    /** They were sent before the board was watched anew: the state is newer, and nothing has to be kept until it comes. */
    @Test
    void changesThatComeBeforeTheStateAreDropped() throws Exception {
        begin();
        for (int seq = 9; seq < 19; seq++) { // A hole, and what was on its way.
            count(seq, seq);
        }
        web1.send(JsonObject.of("type", "from_the_future"));
        assertEquals(1, web1.countBefore("error", "watch"));
        web1.snapshot("toy", "e1", 9, JsonObject.of("count", 1));
        count(10, 3);
        awaitCount(3);
        assertEquals(10, new JsonObject(site.get("api/boards/web1/toy").body()).getInteger("seq"));
    }

    @Test
    void whatIsNoNameOfABoardIsNotInTheLog() throws Exception {
        ListAppender<ILoggingEvent> kept = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger("pulseboard.link");
        kept.start();
        logger.addAppender(kept);
        try {
            assertCloses(
                    BAD_MESSAGE,
                    LinkSite.Peer.hello(JsonObject.of("x\nFORGED", LinkSite.Peer.board("x")))
                            .encode());
        } finally {
            logger.detachAppender(kept);
        }
        assertTrue(
                kept.list.stream().noneMatch(line -> line.getFormattedMessage().contains("FORGED")));
        assertTrue(
                kept.list.stream().anyMatch(line -> line.getFormattedMessage().contains("Closed the link of other")));
    }

    @Test
    void stateThatGrowsWithoutEndEndsTheLink() throws Exception {
        begin();
        LinkSite.Peer peer = site.link(site.token("publish:other"));
        peer.hello("toy").snapshot("toy", "e", 0, new JsonObject());
        for (int seq = 1; seq <= 18; seq++) { // Each within its own bound, and within the burst.
            JsonObject patch = new JsonObject();
            for (int key = 0; key < 14; key++) {
                patch.put("key-" + seq + "-" + key, "x".repeat(4_000));
            }
            peer.change("toy", "e", seq, patch);
        }
        assertEquals(LIMITS_EXCEEDED, peer.closeCode());
        count(8, 2);
        awaitCount(2);
    }

    /** However many bytes it takes to change it. */
    @Test
    void stateThatStaysSmallMayChangeForEver() throws Exception {
        begin();
        LinkSite.Peer peer = site.link(site.token("publish:other"));
        peer.hello("toy").snapshot("toy", "e", 0, new JsonObject());
        for (int seq = 1; seq <= 18; seq++) {
            JsonObject patch = new JsonObject();
            for (int key = 0; key < 14; key++) {
                patch.put("key-" + key, (seq + "x").repeat(1_300));
            }
            peer.change("toy", "e", seq, patch);
        }
        Until.isTrue(
                "the last one is there",
                () -> site.state("other/toy").getString("key-0", "").startsWith("18x"));
        assertTrue(peer.isOpen());
    }

    @Test
    void whatABoardSaysOfItselfIsBoundedToo() throws Exception {
        String patterns = "\"a\",".repeat(100) + "\"b\"";
        assertCloses(
                LIMITS_EXCEEDED,
                "{\"type\":\"hello\",\"boards\":{\"toy\":{\"title\":\"T\",\"kind\":\"k\",\"kept\":" + "{\"patterns\":["
                        + patterns + "]}}}}");
        assertCloses(
                LIMITS_EXCEEDED,
                "{\"type\":\"hello\",\"boards\":{\"toy\":{\"title\":\"" + "T".repeat(100) + "\",\"kind\":\"k\"}}}");
        assertCloses(
                LIMITS_EXCEEDED,
                "{\"type\":\"hello\",\"boards\":{\"toy\":{\"title\":\"T\",\"kind\":\"k\"}},"
                        + "\"facts\":{\"toy\":{\"a\":\"" + "x".repeat(70_000) + "\"}}}");
        String[] often = new String[60];
        Arrays.fill(often, "{\"type\":\"withdraw\",\"board\":\"toy-0\"}");
        often[0] = hello(1);
        assertCloses(LIMITS_EXCEEDED, often);
    }

    @Test
    void typeThatIsNotKnownIsAnsweredAndNothingElse() throws Exception {
        begin();
        web1.send(JsonObject.of("type", "from_the_future", "id", 5));
        JsonObject error = web1.next("error");
        assertEquals("unknown_type", error.getString("error"));
        assertEquals(5, error.getInteger("id"));
        count(8, 2);
        awaitCount(2);
    }

    /** Each begins as a message that is right, and then some of its bytes are others. */
    @Test
    void garbageHarmsNobodyElse() throws Exception {
        begin();
        Random random = new Random(20261129);
        String token = site.token("publish:other");
        LinkSite.Peer peer = site.link(token);
        peer.hello("toy-0");
        for (int sent = 0; sent < 1_500; sent++) {
            if (!peer.isOpen()) {
                peer = site.link(token);
                if (random.nextInt(4) > 0) {
                    peer.hello("toy-0");
                }
            }
            peer.send(mutated(random));
        }
        count(8, 2);
        awaitCount(2);
        for (String name : site.state("boards").fieldNames()) {
            assertTrue(name.matches("boards|alerts|fleet|web1/toy|other/[a-z][a-z0-9-]*"), name);
        }
    }

    private static String mutated(Random random) {
        List<String> messages = List.of(
                hello(2),
                snapshot("{\"a\":1,\"b\":{\"c\":[1,2]}}"),
                change("{\"a\":2,\"b\":null}"),
                "{\"type\":\"announce\",\"board\":\"toy-0\",\"info\":{\"title\":\"T\",\"kind\":\"k\"},\"facts\":{}}",
                "{\"type\":\"withdraw\",\"board\":\"toy-0\"}",
                "{\"type\":\"answer\",\"id\":1,\"body\":{}}",
                "{\"type\":\"error\",\"id\":1,\"error\":\"x\",\"message\":\"y\"}",
                "{\"type\":\"bye\",\"reason\":\"stopping\"}");
        StringBuilder text = new StringBuilder(messages.get(random.nextInt(messages.size())));
        String pieces = "{}[]\",:0-9.e+null true\\u0000/ÿ";
        for (int times = random.nextInt(4); times > 0 && text.length() > 2; times--) {
            int at = random.nextInt(text.length() - 1);
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, pieces.charAt(random.nextInt(pieces.length())));
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(20))));
            }
        }
        return text.toString();
    }
}
