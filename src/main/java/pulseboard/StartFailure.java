package pulseboard;

/** The program cannot start for a reason outside of its settings; its message is one line that says what to mend. */
final class StartFailure extends RuntimeException {

    StartFailure(String message) {
        super(message, null, false, false);
    }
}
