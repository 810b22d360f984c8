package pulseboard.auth;

import java.io.IOException;
import java.util.Optional;

/** Makes the first user, an admin with a random password. Blocks. */
final class FirstUser {

    private final Access access;
    private final AccountsFile file;

    FirstUser(Access access, AccountsFile file) {
        this.access = access;
        this.file = file;
    }

    /** The password; nothing when another hub, which keeps the same accounts, was faster. */
    Optional<String> make(long now) throws IOException {
        String password = Secret.password();
        User admin = new User(Role.ADMIN, Passwords.hash(password), now);
        access.update(before -> before.users().isEmpty() ? before.with(Access.ADMIN, admin) : before);
        if (!access.accounts().users().containsValue(admin)) {
            return Optional.empty();
        }
        file.keepInitialPassword(password);
        Audit.log("user_added", Access.ADMIN, "first start");
        return Optional.of(password);
    }
}
