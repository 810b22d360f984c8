package pulseboard.link;

/** What the other end of a link sent is not taken, and the connection ends: the message says why, for people. */
final class LinkRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int code;

    /** The code is that of the close frame. */
    LinkRefusal(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    static LinkRefusal tooMuch(String message) {
        return new LinkRefusal(LinkProtocol.LIMITS_EXCEEDED, message);
    }

    int code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
