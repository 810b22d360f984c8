package pulseboard.link;

import java.util.List;
import java.util.Set;

/**
 * Settings of links to and from other machines.
 *
 * @param accept whether agents may link here: shows the boards of other machines, each with a token made for it
 * @param maxAgents how many machines at most, 1 to 10000
 * @param everySeconds how often a machine sends what changed while nobody looks at it, 1 to 60
 * @param offlineSeconds how old the newest data of a machine is when it counts as offline, 10 to 3600
 * @param approval whether a machine that joins is let in at once ({@code automatic}) or by an administrator ({@code manual})
 * @param keep what the history keeps of other machines: {@code all} that their boards say, or a {@code summary}, the figures of the
 *     list of machines
 * @param hub for {@code pulseboard agent}: the Pulseboard that is to show this machine, such as {@code https://monitor.example/}; of
 *     several hubs all, with commas between
 * @param tokenFile for {@code pulseboard agent}: the file that holds the token for it
 * @param caFile for {@code pulseboard agent}: certificates (PEM) to trust instead of those that Java trusts
 * @param pin for {@code pulseboard agent}: the key to trust, and no other, see {@link KeyPin}; empty: certificates are looked at
 * @param plain for {@code pulseboard agent}: whether the token may travel to another machine unencrypted
 * @param share for {@code pulseboard agent}: names of the boards that the other may see, or {@code all}
 */
public record LinkConfig(
        boolean accept,
        int maxAgents,
        int everySeconds,
        int offlineSeconds,
        String approval,
        String keep,
        String hub,
        String tokenFile,
        String caFile,
        String pin,
        boolean plain,
        List<String> share) {

    /** Everything of this sort. */
    public static final String ALL = "all";

    /** An administrator lets machines in. */
    public static final String MANUAL = "manual";

    /** Only what the list of machines shows. */
    public static final String SUMMARY = "summary";

    /** What is used unless somebody says otherwise. */
    public static final LinkConfig DEFAULT =
            new LinkConfig(false, 1_000, 1, 30, "automatic", ALL, "", "", "", "", false, List.of(ALL));

    private static final Set<String> NOT_OF_ALL = Set.of("logs", "fleet");

    private static final int MOST_AGENTS = 10_000;

    /** Checks every value. */
    public LinkConfig {
        share = List.copyOf(share);
        requireRange("fleet.maxAgents", maxAgents, 1, MOST_AGENTS);
        requireRange("fleet.everySeconds", everySeconds, 1, 60);
        requireRange("fleet.offlineSeconds", offlineSeconds, 10, 3_600);
        requireOneOf("fleet.approval", approval, "automatic", MANUAL);
        requireOneOf("fleet.keep", keep, ALL, SUMMARY);
        if (!pin.isEmpty()) {
            requirePin(pin);
        }
    }

    private static void requireRange(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " must be from " + least + " to " + most + ", not " + value);
        }
    }

    private static void requireOneOf(String key, String value, String one, String other) {
        if (!value.equals(one) && !value.equals(other)) {
            throw new IllegalArgumentException(key + " must be " + one + " or " + other + ", not " + value);
        }
    }

    private static void requirePin(String pin) {
        try {
            new KeyPin(pin);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("fleet.pin: " + e.getMessage(), e);
        }
    }

    /** The same, but the history keeps only what the list of machines shows. */
    public LinkConfig keepingSummary() {
        return new LinkConfig(
                accept,
                maxAgents,
                everySeconds,
                offlineSeconds,
                approval,
                SUMMARY,
                hub,
                tokenFile,
                caFile,
                pin,
                plain,
                share);
    }

    /** Whether another machine may see this board of this one; what is of others, or not for others, has to be named. */
    public boolean shares(String board) {
        return share.contains(board) || (share.contains(ALL) && !NOT_OF_ALL.contains(board));
    }
}
