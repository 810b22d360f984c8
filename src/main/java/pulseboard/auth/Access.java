package pulseboard.auth;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who somebody is. Any thread may ask; what says that it blocks is not for an event loop.
 *
 * <p>While there are no users and no other way to sign in, whoever is on this machine needs no token; everybody else does,
 * always.
 */
public final class Access {

    private static final Logger LOG = LoggerFactory.getLogger(Access.class);

    /** The name of the first user, whom the program makes itself. */
    public static final String ADMIN = "admin";

    private final AuthConfig config;
    private final OidcConfig oidc;
    private final AccountsFile file;
    private final LongSupplier clock;
    private final LoginDelays delays;
    private final Voucher voucher;
    private volatile Accounts accounts = Accounts.NONE;
    private volatile Map<String, String> idByHash = Map.of();
    private final Groups groups = new Groups();
    private final Map<String, Identity> own = new ConcurrentHashMap<>();
    private @Nullable Object version;
    private boolean isDamaged;
    private boolean isOpen;
    private long refreshedAt;

    /**
     * Knows nobody until {@link #load} is called.
     *
     * @param clock Unix milliseconds
     */
    public Access(AuthConfig config, AccountsFile file, LongSupplier clock) {
        this(config, OidcConfig.DEFAULT, file, clock);
    }

    /** The same with another way to sign in. */
    public Access(AuthConfig config, OidcConfig oidc, AccountsFile file, LongSupplier clock) {
        this.config = config;
        this.oidc = oidc;
        this.file = file;
        this.clock = clock;
        this.delays = new LoginDelays(System::nanoTime);
        this.voucher = new Voucher(config, oidc);
    }

    /** One that asks nobody who they are. */
    public static Access open() {
        Access access = new Access(AuthConfig.DEFAULT, new AccountsFile(Path.of("")), System::currentTimeMillis);
        access.isOpen = true;
        return access;
    }

    /** The provider with which people may sign in, if it is on. */
    public OidcConfig oidc() {
        return oidc;
    }

    /** Which machine is in which group, for whoever knows. */
    public Groups groups() {
        return groups;
    }

    /** Whether nobody is asked who they are. */
    public boolean isOpen() {
        return isOpen;
    }

    /** Whether there is anybody who could sign in with a password. */
    public boolean hasUsers() {
        return !accounts.users().isEmpty();
    }

    /** The accounts as they are now. */
    public Accounts accounts() {
        return accounts;
    }

    /** Reads the file for the first time. Blocks. */
    public synchronized void load() throws IOException {
        version = file.version();
        take(file.read());
    }

    /**
     * Looks whether the file has been changed. Blocks. A file that became unreadable changes nothing and is told once.
     *
     * @return whether somebody may be another, or nobody any more: the file is new, or a token has expired
     */
    public synchronized boolean refresh() {
        long before = refreshedAt;
        refreshedAt = clock.getAsLong();
        boolean isExpired = accounts.tokens().values().stream()
                .anyMatch(token -> token.isValidAt(before) && !token.isValidAt(refreshedAt));
        return isChanged() || isExpired;
    }

    private boolean isChanged() {
        try {
            Object found = file.version();
            if (Objects.equals(found, version)) {
                return false;
            }
            take(file.read());
            version = found;
            isDamaged = false;
            return true;
        } catch (IOException e) {
            if (!isDamaged) {
                LOG.warn("Users and tokens stay as they were: {}", e.getMessage());
                isDamaged = true;
            }
            return false;
        }
    }

    /** Changes the file and knows it at once. Blocks. */
    public synchronized void update(UnaryOperator<Accounts> change) throws IOException {
        take(file.update(change));
        version = file.written();
    }

    private void take(Accounts found) {
        Map<String, String> ids = new HashMap<>();
        found.tokens().forEach((id, token) -> ids.put(token.hash(), id));
        accounts = found;
        idByHash = Map.copyOf(ids);
    }

    /**
     * Lets in a process that this program starts itself, also where nobody else is asked who they are. It is in no file.
     *
     * @param secret what it will show
     */
    public void letIn(String secret, String name, Set<String> scopes) {
        own.put(Secret.hash(secret), new Identity(name, scopes, null));
    }

    /** Who shows this token. */
    public Optional<Identity> byToken(String secret) {
        Identity process = own.get(Secret.hash(secret));
        if (process != null) {
            return Optional.of(process);
        }
        // Looking a hash up tells nothing by the time it takes: nobody can choose what it begins with.
        return Optional.ofNullable(idByHash.get(Secret.hash(secret))).flatMap(this::byTokenId);
    }

    Optional<Identity> byTokenId(String id) {
        Accounts now = accounts;
        Optional<Identity> known = now.identity(id, clock.getAsLong());
        return known.flatMap(who -> voucher.limit(who, now.tokens().get(id))).map(who -> who.in(groups));
    }

    /** Who somebody is that shows nothing. */
    public Optional<Identity> byPlace(boolean isOnThisMachine) {
        if (isOpen) {
            return Optional.of(Identity.EVERYBODY);
        }
        return isOnThisMachine && isFree() ? Optional.of(Identity.LOCAL) : Optional.empty();
    }

    /** Whether this machine needs no sign-in: nobody has said yet who may come in. */
    boolean isFree() {
        return !hasUsers() && !oidc.isOn() && config.userHeader().isEmpty();
    }

    /** Who somebody is whom a trusted proxy names. */
    public Identity byHeader(String name) {
        return voucher.byHeader(name);
    }

    /** The header in which a trusted proxy names the user, if there is one. */
    public Optional<String> userHeader() {
        return config.userHeader().isEmpty() ? Optional.empty() : Optional.of(config.userHeader());
    }

    /** Whether this is still true; asked for whoever stays connected. */
    public boolean isCurrent(Identity identity) {
        if (identity.tokenId() != null) {
            return byTokenId(identity.tokenId()).filter(identity::equals).isPresent();
        }
        return !identity.equals(Identity.LOCAL) || isFree();
    }

    /**
     * Signs in with a password. Blocks, for most of a second on purpose, and as long when there is no such user.
     *
     * @param from the address that the attempt comes from
     */
    public Login login(String name, String password, String from) throws IOException {
        List<String> keys = List.of("name " + name, "address " + ClientBlock.of(from));
        long wait = delays.secondsToWait(keys);
        if (wait > 0) {
            return new Login(null, false, wait);
        }
        User user = accounts.users().get(name);
        boolean fits = Passwords.matches(password, user == null ? Passwords.NONE : user.passwordHash());
        if (user == null || !fits || password.length() > Passwords.MOST_CHARACTERS) {
            delays.failed(keys);
            Audit.log("sign_in_failed", name, from);
            return new Login(null, true, delays.secondsToWait(keys));
        }
        delays.succeeded(keys.get(0));
        return new Login(signIn(name, Set.of(), from), true, 0);
    }

    /**
     * Signs in somebody whom the provider has verified. Blocks.
     *
     * @param name as the provider tells it
     */
    public String signInByProvider(String name, Role role, String from) throws IOException {
        return signIn(Voucher.OIDC + name, role.scopes(), from);
    }

    /**
     * Signs in somebody who has been verified. Blocks.
     *
     * @param scopes what they may, where that is not what a user of ours may
     * @return the secret for the browser's cookie
     */
    public String signIn(String name, Set<String> scopes, String from) throws IOException {
        NewToken token = NewToken.of(Token.SESSION, name, scopes, TimeUnit.DAYS.toMillis(config.sessionDays()));
        keep(token);
        Audit.log("signed_in", name, from);
        return token.secret();
    }

    /** How long a browser stays signed in, in seconds. */
    public long sessionSeconds() {
        return TimeUnit.DAYS.toSeconds(config.sessionDays());
    }

    /** Keeps a token that somebody made. Blocks. */
    public void add(NewToken token, String by, String from) throws IOException {
        keep(token);
        Audit.log("token_added label=" + token.token().label(), by, from);
    }

    private void keep(NewToken token) throws IOException {
        update(token.via(voucher.of(token.token().user()))::addTo);
    }

    /** Whether this is a person, who signed in or needs not to, and no program that shows a token. */
    public boolean isPerson(Identity who) {
        Token token = accounts.tokens().get(String.valueOf(who.tokenId()));
        return !isOpen && (who.tokenId() == null || (token != null && token.isSession()));
    }

    /** Ends the session of a browser; a token that was made by hand stays good for other places. Blocks. */
    public void signOut(Identity who, String from) throws IOException {
        Token token = accounts.tokens().get(String.valueOf(who.tokenId()));
        if (token != null && token.isSession()) {
            revoke(String.valueOf(who.tokenId()), who.name(), from);
        }
        Audit.log("signed_out", who.name(), from);
    }

    /** Ends a token. Blocks. */
    public void revoke(String tokenId, String by, String from) throws IOException {
        update(before -> before.withoutToken(tokenId));
        Audit.log("token_revoked id=" + tokenId, by, from);
    }

    /**
     * Makes the first user, an admin with a random password, when there is none. Blocks.
     *
     * @return the password, if there was none
     */
    public Optional<String> makeFirstUser() throws IOException {
        return hasUsers() ? Optional.empty() : new FirstUser(this, file).make(clock.getAsLong());
    }
}
