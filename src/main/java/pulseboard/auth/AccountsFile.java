package pulseboard.auth;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What keeps users and tokens: {@code accounts.json} in the state folder, or what several hubs share. */
public final class AccountsFile {

    private final Path folder;
    private final LockedFile own;
    private final KeptText text;

    /** The file in this folder, which may not be there yet. */
    public AccountsFile(Path folder) {
        this(folder, null);
    }

    /**
     * The same, kept elsewhere; null: in this folder. The password of the first user is always kept there.
     */
    public AccountsFile(Path folder, @Nullable KeptText elsewhere) {
        this.folder = folder;
        this.own = new LockedFile(folder, "accounts");
        this.text = elsewhere == null ? own : elsewhere;
    }

    /** Where it is, for people. */
    public String place() {
        return text.place();
    }

    /**
     * What it holds; nobody, while it is not there.
     *
     * @throws IOException when it cannot be read or is no such file; the message is one line for people
     */
    public Accounts read() throws IOException {
        return accounts(text.read());
    }

    private Accounts accounts(@Nullable String found) throws IOException {
        try {
            return found == null ? Accounts.NONE : Accounts.of(new JsonObject(found));
        } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse(""); // The next tells of the parser.
            throw new IOException(place() + " is damaged; mend it, or move it away to begin anew: " + why, e);
        }
    }

    /** See {@link KeptText#version}. */
    @Nullable
    Object version() throws IOException {
        return text.version();
    }

    /** See {@link KeptText#written}. */
    @Nullable
    Object written() {
        return text.written();
    }

    /**
     * Changes what it holds, and makes it if need be.
     *
     * @return what it holds now
     * @throws IOException when that cannot be; then it holds what it held
     */
    public Accounts update(UnaryOperator<Accounts> change) throws IOException {
        Accounts[] changed = {Accounts.NONE};
        text.update(before -> {
            changed[0] = change.apply(accounts(before));
            return changed[0].toJson().encodePrettily() + "\n";
        });
        return changed[0];
    }

    /** Keeps the password that the first user was given, for its owner to read and then to change. */
    public void keepInitialPassword(String password) throws IOException {
        own.replace(initialPassword(), password + "\n");
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
