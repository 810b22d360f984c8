package pulseboard.alert.channel;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/**
 * The browsers that want to be told by web push, and the key by which push services know this Pulseboard; both in files of the state
 * folder that only its user can read. Every method reads or writes a file, so none is for an event loop. Thread-safe, also where
 * there are several for one folder.
 */
public final class PushBrowsers {

    /** Of one user. The oldest make room. */
    static final int MOST_OF_USER = 20;

    static final int MOST = 1_000;

    private static final Object LOCK = new Object();
    private static final String BROWSERS = "push-browsers.json";
    private static final String KEY = "push-key.json";

    private final Path folder;

    /** Those of this state folder; nothing is made there yet. */
    public PushBrowsers(Path folder) {
        this.folder = folder;
    }

    /** What browsers have to know before they subscribe, base64url. Makes the key when there is none. */
    public String publicKey() throws IOException {
        synchronized (LOCK) {
            return key().getString("public");
        }
    }

    PrivateKey privateKey() throws IOException, GeneralSecurityException {
        synchronized (LOCK) {
            byte[] encoded = Base64.getDecoder().decode(key().getString("private"));
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        }
    }

    /** A new one would make all browsers strangers, so one that cannot be read is not replaced. */
    private JsonObject key() throws IOException {
        Path file = folder.resolve(KEY);
        if (Files.exists(file)) {
            return new JsonObject(Files.readString(file));
        }
        try {
            KeyPair keys = PushCrypto.newKeys();
            JsonObject json = JsonObject.of(
                    "private",
                            Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded()),
                    "public", PushCrypto.base64(PushCrypto.point(keys)));
            write(file, json.encode());
            return json;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /**
     * Adds a browser, or takes in what it says newly.
     *
     * @param subscription {@code endpoint}, {@code p256dh} and {@code auth}, as the browser made them
     * @param user who has it
     * @throws IllegalArgumentException when nothing can be sent to it
     */
    public void add(JsonObject subscription, String user) throws IOException {
        Browser browser = Browser.of(user, subscription);
        synchronized (LOCK) {
            List<Browser> all = new ArrayList<>(all());
            all.removeIf(each -> each.endpoint().equals(browser.endpoint()));
            makeRoom(all, each -> each.user().equals(user), MOST_OF_USER);
            makeRoom(all, each -> true, MOST);
            all.add(browser);
            save(all);
        }
    }

    private static void makeRoom(List<Browser> all, Predicate<Browser> which, int most) {
        while (all.stream().filter(which).count() >= most) {
            all.remove(all.stream().filter(which).findFirst().orElseThrow());
        }
    }

    /** Takes one of this user's browsers out; returns whether it was there. */
    public boolean remove(String endpoint, String user) throws IOException {
        return removeIf(each ->
                each.endpoint().toString().equals(endpoint) && each.user().equals(user));
    }

    /** Takes out the browsers of all who may not know what is told any more; returns whether any are left. */
    boolean keepOnly(Readers readers) throws IOException {
        synchronized (LOCK) {
            removeIf(each -> !readers.mayRead(each.user()));
            return !all().isEmpty();
        }
    }

    boolean removeIf(Predicate<Browser> which) throws IOException {
        synchronized (LOCK) {
            List<Browser> all = new ArrayList<>(all());
            boolean isThere = all.removeIf(which);
            if (isThere) {
                save(all);
            }
            return isThere;
        }
    }

    List<Browser> all() throws IOException {
        synchronized (LOCK) {
            try {
                JsonArray kept = new JsonArray(Files.readString(folder.resolve(BROWSERS)));
                return kept.stream()
                        .map(JsonObject.class::cast)
                        .map(each -> Browser.of(each.getString("user", ""), each))
                        .toList();
            } catch (NoSuchFileException e) {
                return List.of();
            }
        }
    }

    private void save(List<Browser> all) throws IOException {
        write(
                folder.resolve(BROWSERS),
                new JsonArray(all.stream().map(Browser::toJson).toList()).encode());
    }

    /** Whole or not at all, and never readable for others. */
    private static void write(Path file, String text) throws IOException {
        boolean isPosix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] rights = isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, rights);
        Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
