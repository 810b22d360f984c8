package pulseboard.auth;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The file that keeps users and tokens, {@code accounts.json}: a {@link LockedFile}. */
public final class AccountsFile {

    private final Path folder;
    private final LockedFile file;

    /** The file in this folder, which may not be there yet. */
    public AccountsFile(Path folder) {
        this.folder = folder;
        this.file = new LockedFile(folder, "accounts");
    }

    /** Where it is. */
    public Path path() {
        return file.path();
    }

    /**
     * What it holds; nobody, while it is not there.
     *
     * @throws IOException when it cannot be read or is no such file; the message is one line for people
     */
    public Accounts read() throws IOException {
        return accounts(file.read());
    }

    private Accounts accounts(@Nullable String text) throws IOException {
        try {
            return text == null ? Accounts.NONE : Accounts.of(new JsonObject(text));
        } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse(""); // The next tells of the parser.
            throw new IOException(path() + " is damaged; mend it, or move it away to begin anew: " + why, e);
        }
    }

    /** See {@link LockedFile#version}. */
    @Nullable
    Object version() throws IOException {
        return file.version();
    }

    /** See {@link LockedFile#written}. */
    @Nullable
    Object written() {
        return file.written();
    }

    /**
     * Changes what it holds, and makes it if need be.
     *
     * @return what it holds now
     * @throws IOException when that cannot be; then it holds what it held
     */
    public Accounts update(UnaryOperator<Accounts> change) throws IOException {
        Accounts[] changed = {Accounts.NONE};
        file.update(before -> {
            changed[0] = change.apply(accounts(before));
            return changed[0].toJson().encodePrettily() + "\n";
        });
        return changed[0];
    }

    /** Keeps the password that the first user was given, for its owner to read and then to change. */
    public void keepInitialPassword(String password) throws IOException {
        file.replace(initialPassword(), password + "\n");
    }

    /** Forgets it, once it is changed. */
    public void forgetInitialPassword() throws IOException {
        Files.deleteIfExists(initialPassword());
    }

    /** Where the password of the first user is kept until it is changed. */
    public Path initialPassword() {
        return folder.resolve("initial-admin-password");
    }
}
