package pulseboard;

/** Something that the person who started the program can mend; its message is one line that says what and how. */
final class UserMistake extends RuntimeException {

    UserMistake(String message) {
        super(message, null, false, false);
    }
}
