package pulseboard.board.lab.engine;

/** The engine will not, or cannot, do what it was told to: a status of HTTP, a stable word, a sentence. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String word;

    Refused(int status, String word, String message) {
        super(message);
        this.status = status;
        this.word = word;
    }

    int status() {
        return status;
    }

    String word() {
        return word;
    }
}
