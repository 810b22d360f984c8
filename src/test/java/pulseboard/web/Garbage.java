package pulseboard.web;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;

/** Frames that no honest viewer sends. */
final class Garbage {

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "null",
            "true",
            "-1",
            "1e999",
            "9".repeat(40),
            "\\u0000",
            "\n",
            "\r",
            "\u0000",
            "\u001b[31m",
            "\u2028",
            "\u202e",
            "\uD800",
            "ü",
            "type",
            "address",
            "replyAddress",
            "headers",
            "body",
            "send",
            "publish",
            "register",
            "unregister",
            "ping",
            "*",
            "..",
            "x".repeat(300),
            "[".repeat(1100));
    private static final List<Object> VALUES = List.of(
            "send",
            "publish",
            "register",
            "unregister",
            "ping",
            "",
            "\n\r\u001b",
            Site.CHANGES,
            Site.SNAPSHOT,
            "x".repeat(400),
            1,
            -1.5,
            true,
            new JsonObject(),
            new JsonObject().putNull("a"),
            List.of(),
            List.of(1, "a"));
    private static final List<String> MEMBERS = List.of("type", "address", "replyAddress", "headers", "body");

    private Garbage() {}

    /** A frame of a thousand kinds: soup of JSON's own pieces, or a message with members of any type. */
    static String frame(Random random) {
        return random.nextBoolean() ? soup(random) : message(random);
    }

    private static String soup(Random random) {
        StringBuilder soup = new StringBuilder();
        for (int pieces = random.nextInt(8); pieces >= 0; pieces--) {
            soup.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return soup.toString();
    }

    private static String message(Random random) {
        JsonObject message = new JsonObject();
        for (String member : MEMBERS) {
            int value = random.nextInt(VALUES.size() + 4);
            if (value < VALUES.size()) {
                message.put(member, VALUES.get(value));
            } else if (value == VALUES.size()) {
                message.putNull(member);
            }
        }
        return message.encode();
    }
}
