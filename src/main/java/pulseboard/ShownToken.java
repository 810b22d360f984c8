package pulseboard;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The token that a command shows to a Pulseboard: from a file, or from the environment. */
final class ShownToken {

    /** Beside the settings, of which it is none: the program itself overlooks it. */
    static final String VARIABLE = "PULSEBOARD_TOKEN";

    private ShownToken() {}

    /**
     * Reads it.
     *
     * @param file where it is; null for the environment
     * @return null when there is none
     * @throws UserMistake when what is there is no token
     */
    static @Nullable String read(@Nullable Path file) throws IOException {
        String token = file == null ? System.getenv(VARIABLE) : text(file);
        if (token == null || token.isBlank()) {
            return null;
        }
        if (!token.strip().matches("[\\x21-\\x7e]+")) { // It goes into a header.
            throw new UserMistake((file == null ? VARIABLE : file) + " holds no token");
        }
        return token.strip();
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new UserMistake("--token-file: there is no file " + file);
        } catch (AccessDeniedException e) {
            throw new UserMistake("--token-file: no permission to read " + file);
        }
    }
}
