package pulseboard.board.uploads.engine;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One line of the ledger.
 *
 * @param at when, in Unix milliseconds
 * @param kind {@code done}: a file has arrived; {@code partial}: bytes that were sent for nothing; {@code adjust}: somebody corrected
 *     what is used; {@code unchanged}, {@code failed}, {@code skipped}: a file that is finished otherwise; {@code total}: what older
 *     lines added up to; {@code suspend}: the account rests until {@code bytes}, a time
 * @param account the account's id; empty: none has to do with it
 * @param session the uploader and the session, such as {@code media/1abc}
 * @param path the file
 * @param bytes how many
 * @param run which rclone said so
 * @param offset where its log goes on
 * @param note why, for people; of {@code partial}: the file
 */
record LedgerRecord(
        long at,
        String kind,
        String account,
        String session,
        String path,
        long bytes,
        String run,
        long offset,
        String note) {

    /** Something that a person did. */
    static LedgerRecord of(long at, String kind, String account, long bytes) {
        return new LedgerRecord(at, kind, account, "", "", bytes, "", 0, "");
    }

    /** The same, in this session. */
    LedgerRecord in(String itsSession) {
        return new LedgerRecord(at, kind, account, itsSession, path, bytes, run, offset, note);
    }

    /** This one with the bytes of a later one of the same kind. */
    LedgerRecord plus(LedgerRecord later) {
        return new LedgerRecord(later.at, kind, later.account, session, path, bytes + later.bytes, run, offset, note);
    }

    LedgerRecord noting(String why) {
        return new LedgerRecord(at, kind, account, session, path, bytes, run, offset, why);
    }

    /** Whether these bytes count to the quota. */
    boolean counts() {
        return kind.equals("done") || kind.equals("partial") || kind.equals("adjust");
    }

    private JsonObject toJson() {
        JsonObject json = new JsonObject().put("at", at).put("kind", kind).put("bytes", bytes);
        put(json, "account", account);
        put(json, "session", session);
        put(json, "path", path);
        put(json, "run", run);
        put(json, "note", note);
        return offset == 0 ? json : json.put("offset", offset);
    }

    private static void put(JsonObject json, String key, String value) {
        if (!value.isEmpty()) {
            json.put(key, value);
        }
    }

    /** With its checksum before it, and the end of the line. */
    String line() {
        String json = toJson().encode();
        return checksum(json) + " " + json + "\n";
    }

    /** Reads a line; nothing when it is damaged, or only its beginning. */
    static Optional<LedgerRecord> read(String line) {
        if (line.length() < 10 || !line.substring(0, 8).equals(checksum(line.substring(9)))) {
            return Optional.empty();
        }
        try {
            JsonObject json = new JsonObject(line.substring(9));
            return Optional.of(new LedgerRecord(
                    json.getLong("at", 0L),
                    json.getString("kind", ""),
                    json.getString("account", ""),
                    json.getString("session", ""),
                    json.getString("path", ""),
                    json.getLong("bytes", 0L),
                    json.getString("run", ""),
                    json.getLong("offset", 0L),
                    json.getString("note", "")));
        } catch (DecodeException | ClassCastException e) {
            return Optional.empty();
        }
    }

    private static String checksum(String text) {
        CRC32C sum = new CRC32C();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }
}
