package pulseboard.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The name of an alert, the same again after a restart. */
final class AlertId {

    private static final int BYTES = 8;

    private AlertId() {}

    /** 16 hex digits of source, board, rule and key; a board of this machine has no source. */
    static String of(String board, String rule, String key) {
        String source = board.contains("/") ? "" : "/";
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((source + board + "/" + rule + "/" + key).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java has it.
        }
    }
}
