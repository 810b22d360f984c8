package pulseboard.board.host;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pulseboard.machine.Reader;

/** Several readings of which one sampler is made. One that fails costs itself alone; only when all fail does the sampler. */
final class Parts {

    private @Nullable IOException failure;
    private boolean succeeded;

    /** To be called before the readings of a sample. */
    void begin() {
        failure = null;
        succeeded = false;
    }

    /** Reads one; empty where it failed. */
    <T> Optional<T> read(Reader<T> reader) {
        try {
            T value = reader.read();
            succeeded = true;
            return Optional.of(value);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        } catch (RuntimeException e) {
            failure = failure == null ? new IOException("unexpected: " + e, e) : failure;
        }
        return Optional.empty();
    }

    /** To be called after them; throws the first failure where there was nothing else. */
    void end() throws IOException {
        if (failure != null && !succeeded) {
            throw failure;
        }
    }

    /** Why a part is missing; empty where none is. */
    Optional<String> reason() {
        return Optional.ofNullable(failure).map(IOException::getMessage);
    }
}
