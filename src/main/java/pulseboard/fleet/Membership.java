package pulseboard.fleet;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Objects;
import java.util.Optional;

/**
 * What a machine keeps of having joined: {@code hub.json}.
 *
 * @param hub the address of the Pulseboard that shows it, or several with commas between
 * @param id what it is called there
 * @param token what it shows there
 * @param pin the key that is trusted, and no other; empty: certificates are looked at
 * @param isPlain whether the token may travel unencrypted
 */
public record Membership(String hub, String id, String token, String pin, boolean isPlain) {

    /** The name of the file. */
    public static final String FILE = "hub.json";

    /**
     * Reads it; nothing when this machine has not joined.
     *
     * @throws IOException when it cannot be read; the message is one line for people
     */
    public static Optional<Membership> read(Path file) throws IOException {
        try {
            JsonObject json = new JsonObject(Files.readString(file));
            return Optional.of(new Membership(
                    Objects.requireNonNull(json.getString("hub"), "hub"),
                    json.getString("id", ""),
                    Objects.requireNonNull(json.getString("token"), "token"),
                    json.getString("pin", ""),
                    json.getBoolean("plain", false)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (DecodeException | ClassCastException | NullPointerException e) {
            throw new IOException(file + " is damaged; remove it and join again with a new code", e);
        }
    }

    /**
     * Keeps it, for its owner and, where there is one, the group of the service.
     *
     * @param group who else may read it; where there is no such group, nobody
     */
    public void write(Path file, String group) throws IOException {
        JsonObject json = JsonObject.of("hub", hub, "id", id, "token", token, "plain", isPlain);
        if (!pin.isEmpty()) {
            json.put("pin", pin);
        }
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, "hub", ".new"); // For its owner only.
        try {
            Files.write(fresh, (json.encodePrettily() + "\n").getBytes(StandardCharsets.UTF_8));
            giveTo(fresh, group);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void giveTo(Path file, String group) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        try {
            GroupPrincipal found =
                    file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
            view.setGroup(found);
            view.setPermissions(PosixFilePermissions.fromString("rw-r-----"));
        } catch (UserPrincipalNotFoundException | FileSystemException e) {
            view.setPermissions(PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** The same under these addresses. */
    public Membership at(String addresses) {
        return new Membership(addresses, id, token, pin, isPlain);
    }

    /** The first of the addresses. */
    public URI address() {
        return URI.create(hub.split(",", 2)[0].strip());
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return hub + " as " + id;
    }
}
