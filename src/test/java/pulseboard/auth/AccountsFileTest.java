package pulseboard.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsFileTest {

    @TempDir
    private Path temporary;

    private AccountsFile file() {
        return new AccountsFile(temporary.resolve("state"));
    }

    private static Accounts withUser(Accounts accounts, String name) {
        return accounts.with(name, new User(Role.VIEWER, Passwords.NONE, 1));
    }

    @Test
    void missingFileIsNobody() throws IOException {
        assertEquals(Accounts.NONE, file().read());
        assertEquals(null, file().version());
    }

    @Test
    void changesAreKept() throws IOException {
        file().update(accounts -> withUser(accounts, "anna"));
        file().update(accounts -> withUser(accounts, "vera"));
        assertEquals(Set.of("anna", "vera"), file().read().users().keySet());
    }

    @Test
    void onlyTheOwnerCanReadAnyOfIt() throws IOException {
        file().update(accounts -> withUser(accounts, "anna"));
        file().keepInitialPassword("geheim");
        try (var files = Files.list(temporary.resolve("state"))) {
            for (Path each : files.toList()) {
                assertEquals(
                        "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(each)),
                        each::toString);
            }
        }
        Path folder = temporary.resolve("state");
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
    }

    @Test
    void eachChangeMakesAnotherVersion() throws IOException {
        file().update(accounts -> withUser(accounts, "anna"));
        Object before = file().version();
        file().update(accounts -> withUser(accounts, "vera"));
        assertNotEquals(before, file().version());
    }

    @Test
    void manyAtOnceLoseNothing() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String name = "user" + i;
            threads.add(new Thread(() -> {
                try {
                    file().update(accounts -> withUser(accounts, name));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(20, file().read().users().size());
    }

    @Test
    void damagedFileIsToldAndLeftAlone() throws IOException {
        file().update(accounts -> withUser(accounts, "anna"));
        for (String damage :
                new String[] {"", "{", "[]", "{\"users\":[]}", "{\"users\":{\"anna\":{\"role\":\"king\"}}}"}) {
            Files.writeString(Path.of(file().place()), damage);
            IOException told =
                    assertThrows(IOException.class, () -> file().update(accounts -> withUser(accounts, "vera")));
            assertTrue(String.valueOf(told).contains("is damaged"), told::toString);
            assertEquals(damage, Files.readString(Path.of(file().place())));
        }
    }

    @Test
    void initialPasswordIsForgotten() throws IOException {
        file().update(accounts -> accounts);
        file().keepInitialPassword("geheim");
        assertEquals("geheim\n", Files.readString(file().initialPassword()));
        file().forgetInitialPassword();
        assertFalse(Files.exists(file().initialPassword()));
    }

    /** What runs as root must not be led by the folder's owner to make, write to or give away somebody else's file. */
    @ParameterizedTest
    @ValueSource(strings = {"accounts.lock", "accounts.json", "accounts.json.new"})
    void linkInTheFolderLeadsNowhere(String name) throws IOException {
        Path state = Files.createDirectories(temporary.resolve("state"));
        Path others = temporary.resolve("others");
        Files.createSymbolicLink(state.resolve(name), others);
        try {
            file().update(accounts -> withUser(accounts, "anna"));
        } catch (IOException refused) {
            assertEquals("accounts.lock", name, refused::toString);
        }
        assertFalse(Files.exists(others), "nothing is made where the link leads");
    }

    /** A file that is opened only if it is not there cannot be one that was put there between looking and opening. */
    @Test
    void fileThatSomebodyPutsThereMeanwhileIsNotWritten() throws Exception {
        Path fresh = Files.createDirectories(temporary.resolve("state")).resolve("accounts.json.new");
        Path others = Files.writeString(temporary.resolve("others"), "theirs");
        AtomicBoolean ends = new AtomicBoolean();
        FutureTask<Integer> planting = new FutureTask<>(() -> {
            int planted = 0;
            while (!ends.get()) {
                try {
                    Files.createLink(fresh, others);
                    planted++;
                } catch (FileAlreadyExistsException itIsTheirs) {
                    Thread.onSpinWait();
                }
            }
            return planted;
        });
        new Thread(planting, "owner").start();
        try {
            for (int change = 0; change < 500; change++) {
                try {
                    file().update(accounts -> withUser(accounts, "anna"));
                } catch (FileAlreadyExistsException somebodyWasFaster) {
                    // As it should be.
                }
                assertEquals("theirs", Files.readString(others));
            }
        } finally {
            ends.set(true);
        }
        assertTrue(planting.get() > 0);
    }
}
