package pulseboard;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** What is wrong with a file, in words: many exceptions say only which one it is about. */
final class FileTrouble {

    private FileTrouble() {}

    static String text(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no file " + failure.getMessage();
        }
        if (failure instanceof AccessDeniedException) {
            return "no permission for " + failure.getMessage() + "; run it as root or as the user of the service";
        }
        return (failure.getClass() == IOException.class
                        ? ""
                        : failure.getClass().getSimpleName() + ": ")
                + failure.getMessage();
    }
}
