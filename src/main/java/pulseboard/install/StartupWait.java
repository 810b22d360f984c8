package pulseboard.install;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Waits until the service that was started says where it listens. */
final class StartupWait {

    private static final int PATIENCE_SECONDS = 30;
    private static final int PAUSE_MILLISECONDS = 200;
    private static final List<String> STATE = List.of(
            "systemctl", "show", "--property=ActiveState,SubState,InvocationID,NRestarts", "pulseboard.service");
    private static final Pattern INVOCATION = Pattern.compile("InvocationID=([0-9a-f]+)");
    private static final Pattern ADDRESS = Pattern.compile("(?m)^Pulseboard \\S+ is at (https?://\\S+)$");

    private StartupWait() {}

    /** The address, as the journal of this start has it; nothing when the service fails, or says nothing for too long. */
    static Optional<String> await() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() - end < 0) {
            String state = Commands.run(STATE).text();
            Matcher invocation = INVOCATION.matcher(state);
            if (invocation.find()) {
                Optional<String> address = address(journal(invocation.group(1)));
                if (address.isPresent()) {
                    return address;
                }
            }
            if (hasFailed(state)) {
                return Optional.empty();
            }
            pause();
        }
        return Optional.empty();
    }

    /** What the program itself said last in its last start, if it did. */
    static Optional<String> lastComplaint() throws IOException {
        Matcher invocation = INVOCATION.matcher(Commands.run(STATE).text());
        return invocation.find() ? complaint(journal(invocation.group(1))) : Optional.empty();
    }

    static Optional<String> complaint(String journal) {
        return journal.lines().filter(line -> line.startsWith("pulseboard: ")).reduce((earlier, later) -> later);
    }

    private static String journal(String invocation) throws IOException {
        return Commands.run(List.of(
                        "journalctl", "--quiet", "--no-pager", "--output=cat", "_SYSTEMD_INVOCATION_ID=" + invocation))
                .text();
    }

    /** Failed for good, or once already: what is wrong does not change by itself. */
    static boolean hasFailed(String state) {
        return state.contains("ActiveState=failed")
                || state.contains("SubState=auto-restart")
                || !state.contains("NRestarts=0");
    }

    static Optional<String> address(String journal) {
        Matcher matcher = ADDRESS.matcher(journal);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
