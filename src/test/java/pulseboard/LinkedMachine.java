package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A Pulseboard that takes agents, and one that is linked by hand: web1, with the board toy. */
class LinkedMachine {

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    LinkSite site;

    @SuppressWarnings("NullAway.Init")
    LinkSite.Peer web1;

    @BeforeEach
    void start() throws Exception {
        site = LinkSite.ofAgents(folder);
        web1 = site.link(site.token("publish:web1"));
    }

    @AfterEach
    void close() {
        site.close();
    }

    /** The next change of its state. */
    void count(long seq, int count) {
        web1.change("toy", "e1", seq, JsonObject.of("count", count));
    }

    void awaitCount(int count) throws Exception {
        Until.isTrue(
                "count " + count,
                () -> Integer.valueOf(count).equals(site.state("web1/toy").getInteger("count")));
    }

    /** With a board whose state is known here. */
    void begin() throws Exception {
        web1.hello("toy");
        assertEquals("web1", web1.next("welcome").getString("id"));
        assertEquals("toy", web1.next("watch").getString("board"));
        web1.snapshot("toy", "e1", 7, JsonObject.of("count", 1));
        awaitCount(1);
    }
}
