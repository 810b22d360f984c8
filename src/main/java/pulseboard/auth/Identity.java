package pulseboard.auth;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who asks for something. A scope is {@code read:} or {@code act:}, followed by {@code *} for all boards or by {@code
 * board.} and the name of one, {@code machine.} and the name of one, or {@code group.} and that of a group of machines; or it is
 * {@code admin}. The token of a link has one scope and no other: {@code publish:} and the
 * name of a machine, whose boards it may bring, or {@code work:} and the names of boards of this machine, with commas between.
 *
 * @param name the user, or another word for whoever it is
 * @param scopes what is allowed
 * @param tokenId the token that was shown, which may be revoked; null for who needs none
 * @param groups which machine is in which
 */
public record Identity(
        String name, Set<String> scopes, @Nullable String tokenId, Groups groups) {

    /** Everybody, when the program was told to ask nobody. */
    static final Identity EVERYBODY = new Identity("everybody", Role.ADMIN.scopes(), null);

    /** Whoever is on this machine. */
    static final Identity LOCAL = new Identity("this machine", Role.ADMIN.scopes(), null);

    private static final String ADMIN = "admin";
    private static final String PUBLISH = "publish:";
    private static final String WORK = "work:";

    /** Checks nothing: scopes are checked where they are given. */
    public Identity {
        scopes = Set.copyOf(scopes);
    }

    /** Somebody where there are no groups. */
    public Identity(String name, Set<String> scopes, @Nullable String tokenId) {
        this(name, scopes, tokenId, Groups.NONE);
    }

    /** The same where machines are in groups. */
    Identity in(Groups all) {
        return new Identity(name, scopes, tokenId, all);
    }

    /** A machine that another hub has let in, by its token; it is cut off there. */
    public static Identity ofLink(String source) {
        return new Identity(source, Set.of(PUBLISH + source), null);
    }

    /** Whether it may see this board. */
    public boolean mayRead(String board) {
        return may("read:", board);
    }

    /** Whether it may see every board. */
    public boolean mayReadAll() {
        return scopes.contains("read:*");
    }

    /** Whether there may be another machine that it may see, if not all. */
    public boolean mayReadSomeMachine() {
        return scopes.stream().anyMatch(scope -> scope.matches("read:(machine\\.|group\\.|board\\.[^/]+/).*"));
    }

    /** Whether it may start something on this board. */
    public boolean mayAct(String board) {
        return may("act:", board);
    }

    /** The machine whose boards it may bring; nothing when it may bring none. */
    public Optional<String> source() {
        return linkScope(PUBLISH);
    }

    /** The boards of this machine that it may bring as a worker; none when it is no worker. */
    public Set<String> works() {
        return linkScope(WORK).map(names -> Set.of(names.split(",", -1))).orElse(Set.of());
    }

    private Optional<String> linkScope(String kind) {
        return scopes.stream()
                .filter(scope -> scope.startsWith(kind))
                .map(scope -> scope.substring(kind.length()))
                .findFirst();
    }

    /** Whether it may see and revoke the tokens of others. */
    public boolean isAdmin() {
        return scopes.contains(ADMIN);
    }

    private boolean may(String verb, String board) {
        int slash = board.indexOf('/');
        return scopes.contains(verb + "*")
                || scopes.contains(verb + "board." + board)
                || (slash > 0 && mayOn(verb, board.substring(0, slash)));
    }

    private boolean mayOn(String verb, String machine) {
        String group = groups.of(machine);
        return scopes.contains(verb + "machine." + machine)
                || (!group.isEmpty() && scopes.contains(verb + "group." + group));
    }

    /** Whether a text is a scope that a token may have; what a role has beyond these belongs to people. */
    public static boolean isScope(String text) {
        return text.matches(
                        "(read|act):(\\*|board\\.([a-z0-9][a-z0-9-]*/)?[a-z][a-z0-9-]*|machine\\.[a-z0-9][a-z0-9-]{0,62}"
                                + "|group\\.[^,\\p{Cntrl}]{1,64})")
                || isLinkScope(text);
    }

    private static boolean isLinkScope(String text) {
        return text.matches("publish:[a-z0-9][a-z0-9-]{0,62}|work:[a-z][a-z0-9-]{0,63}(,[a-z][a-z0-9-]{0,63})*");
    }

    /** Whether a token may have all of these: each is a scope, and that of a link stands alone. */
    public static boolean areScopes(Collection<String> texts) {
        return texts.stream().allMatch(Identity::isScope)
                && (texts.size() <= 1 || texts.stream().noneMatch(Identity::isLinkScope));
    }

    /** Whether it has all that this scope gives: nobody can hand on more than they have, and only an admin lets machines in. */
    public boolean covers(String scope) {
        return isLinkScope(scope)
                ? isAdmin()
                : scopes.contains(scope) || scopes.contains(scope.replaceFirst(":.*", ":*"));
    }
}
