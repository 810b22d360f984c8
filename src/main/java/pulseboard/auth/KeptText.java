package pulseboard.auth;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A text that outlasts the program, and that several processes change: a {@link LockedFile} of this machine, or a value that several
 * hubs share. Any thread may use it; all may block.
 */
public interface KeptText {

    /** Makes what it holds into what it is to hold; may be called again, when another was faster. */
    @FunctionalInterface
    interface Update {
        /** The argument is null while it holds nothing. */
        String apply(@Nullable String before) throws IOException;
    }

    /** Where it is, for people. */
    String place();

    /**
     * What it holds; null while it holds nothing.
     *
     * @throws IOException when it cannot be read; the message is one line for people
     */
    @Nullable
    String read() throws IOException;

    /** Something that is another whenever the text is another, or null while it holds nothing. Asked each second. */
    @Nullable
    Object version() throws IOException;

    /** What {@link #version} was right after the last update by this object. */
    @Nullable
    Object written();

    /**
     * Changes what it holds.
     *
     * @throws IOException when that cannot be; then it holds what it held
     */
    void update(Update change) throws IOException;
}
