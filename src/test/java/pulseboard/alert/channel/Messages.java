package pulseboard.alert.channel;

import java.util.List;

/** Messages to send. */
final class Messages {

    static final long AT = 1_764_400_000_000L;

    /** What a file may be called. */
    static final String HOSTILE =
            "{{subject}} @everyone <!channel> <b>bold</b> *x* [a](http://evil.example) `c`\r\nBcc: all@example.net\u2028\u202e"
                    + "\"}],\"x\":\"" + "é".repeat(2048);

    private Messages() {}

    static Message firing() {
        return of("firing", "critical", "/srv is 95 % full", "firing");
    }

    static Message resolved() {
        return of("resolved", "ok", "/srv is 95 % full", "resolved");
    }

    static Message test() {
        return new Message("test-1", "test", "ok", "web1", "Test of Pulseboard on web1", List.of(), AT, "");
    }

    /** Everything in it that may come from elsewhere does. */
    static Message hostile() {
        return of("firing", "critical", HOSTILE, "firing");
    }

    static Message of(String kind, String level, String text, String state) {
        return new Message(
                "m-1",
                kind,
                level,
                "web1",
                text,
                List.of(item("a1b2c3d4e5f60718", text, state)),
                AT,
                "https://mon.example/#/boards/alerts");
    }

    static Message.Item item(String id, String text, String state) {
        long ended = state.equals("resolved") ? AT : 0;
        return new Message.Item(
                id,
                state,
                "critical",
                "host",
                "filesystem-full",
                text.length() > 100 ? text : "/srv",
                text,
                "du -xh --max-depth=1 /srv",
                AT - 60_000,
                ended);
    }
}
