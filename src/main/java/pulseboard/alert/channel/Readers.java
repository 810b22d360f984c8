package pulseboard.alert.channel;

/** Which people may know what the alerts say. For any thread. */
public interface Readers {

    /** Where nobody is asked who they are. */
    Readers ALL = new Readers() {
        @Override
        public boolean mayRead(String user) {
            return true;
        }

        @Override
        public boolean hasRole(String user, String role) {
            return true;
        }
    };

    /** Whether somebody of this name may read them now: one whose account was removed may not. */
    boolean mayRead(String user);

    /** Whether somebody has at least this role: {@code viewer}, {@code operator} or {@code admin}. */
    boolean hasRole(String user, String role);
}
