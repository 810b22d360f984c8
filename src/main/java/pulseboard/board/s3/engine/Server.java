package pulseboard.board.s3.engine;

import io.vertx.core.json.JsonObject;

/** What the server was seen to do. Each only becomes known once. Thread-safe. */
final class Server {

    private volatile String checksum = "";
    private volatile String createOnly = "";
    private volatile boolean isUnordered;
    private volatile boolean isWeak;

    /** Whether it is to be given a checksum, which it may compare with what arrives. */
    boolean takesChecksum() {
        return !checksum.equals("none");
    }

    /** Whether what is sent has to be compared with what it says has arrived. */
    boolean needsDigest() {
        return !checksum.equals("crc32c");
    }

    /** It has said which checksum it found, or has not. */
    void echoes(boolean isEcho) {
        if (checksum.isEmpty()) {
            checksum = isEcho ? "crc32c" : "none";
        }
    }

    /** Whether it may be told to make an object only where there is none. */
    boolean mindsConditions() {
        return !createOnly.equals("refused");
    }

    /** It has taken such a condition, or has refused it. */
    void tookCondition(boolean isTaken) {
        createOnly = isTaken ? "tried" : "refused";
    }

    /** It lists keys in another order than that of the bytes. */
    void listsUnordered() {
        isUnordered = true;
    }

    /** It does not tell of what it stored more than the size. */
    void tellsOnlySizes() {
        isWeak = true;
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject().put("ordered", isUnordered ? "no" : "yes");
        if (!checksum.isEmpty()) {
            json.put("checksum", isWeak ? "weak" : checksum);
        }
        return createOnly.isEmpty() ? json : json.put("createOnly", createOnly);
    }
}
