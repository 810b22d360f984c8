package pulseboard.auth;

/** What people may who are not here now, so that they are sent what they may see and nothing else. Any thread may ask. */
public final class Standing {

    private final Access access;

    /** By these accounts, as they are when somebody asks. */
    public Standing(Access access) {
        this.access = access;
    }

    /**
     * Whether somebody of this name may see a board: a user of ours, whoever needs no account, and somebody whom another one vouches for,
     * while one of their sessions or tokens is good.
     */
    public boolean mayRead(String name, String board) {
        if (isForEverybody()) {
            return true;
        }
        Accounts now = access.accounts();
        User user = now.users().get(name);
        if (user != null) {
            return new Identity(name, user.scopes(), null).in(access.groups()).mayRead(board);
        }
        boolean isOfProxy = access.userHeader().isPresent() && name.startsWith(Voucher.PROXY);
        return isOfProxy
                || now.tokens().keySet().stream()
                        .flatMap(id -> access.byTokenId(id).stream())
                        .anyMatch(who -> who.name().equals(name) && who.mayRead(board));
    }

    /** Whether a user of ours has at least this role, for all that there is; where nobody needs an account, everybody has all. */
    public boolean hasRole(String name, Role role) {
        User user = access.accounts().users().get(name);
        return isForEverybody() || (user != null && user.scopes().containsAll(role.scopes()));
    }

    private boolean isForEverybody() {
        return access.isOpen() || access.isFree();
    }
}
