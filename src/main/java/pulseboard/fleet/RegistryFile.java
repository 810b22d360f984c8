package pulseboard.fleet;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import pulseboard.auth.KeptText;

/** The registry as it is kept, {@code fleet.json} or what several hubs share: programs and command lines change it. Any thread may use it; all blocks. */
final class RegistryFile {

    private final KeptText file;
    private Registry registry = Registry.NONE;
    private @Nullable Object version;

    RegistryFile(KeptText file) {
        this.file = file;
    }

    /**
     * What it holds now; it is read only when it is another than before.
     *
     * @throws IOException when it cannot be read or is no such file; the message is one line for people
     */
    synchronized Registry read() throws IOException {
        Object found = file.version();
        if (!Objects.equals(found, version)) {
            registry = of(file.read());
            version = found;
        }
        return registry;
    }

    /**
     * Changes what it holds.
     *
     * @throws IOException when that cannot be; then it holds what it held
     */
    synchronized Registry update(UnaryOperator<Registry> change) throws IOException {
        Registry[] changed = {registry};
        file.update(before -> {
            changed[0] = change.apply(of(before));
            return changed[0].toJson().encodePrettily() + "\n";
        });
        registry = changed[0];
        version = file.written();
        return registry;
    }

    private Registry of(@Nullable String text) throws IOException {
        try {
            return text == null ? Registry.NONE : Registry.of(new JsonObject(text));
        } catch (DecodeException | ClassCastException | IllegalArgumentException | NullPointerException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse(""); // The next tells of the parser.
            throw new IOException(file.place() + " is damaged; mend it, or move it away to begin anew: " + why, e);
        }
    }
}
