package pulseboard.link;

/**
 * Settings of links to and from other machines.
 *
 * @param accept whether agents may link here: shows the boards of other machines, each with a token made for it
 * @param maxAgents how many machines at most, 1 to 10000
 * @param hub for {@code pulseboard agent}: the Pulseboard that is to show this machine, such as {@code https://monitor.example/}
 * @param tokenFile for {@code pulseboard agent}: the file that holds the token for it
 * @param caFile for {@code pulseboard agent}: certificates (PEM) to trust instead of those that Java trusts
 * @param plain for {@code pulseboard agent}: whether the token may travel to another machine unencrypted
 */
public record LinkConfig(boolean accept, int maxAgents, String hub, String tokenFile, String caFile, boolean plain) {

    /** What is used unless somebody says otherwise. */
    public static final LinkConfig DEFAULT = new LinkConfig(false, 1_000, "", "", "", false);

    private static final int MOST_AGENTS = 10_000;

    /** Checks every value. */
    public LinkConfig {
        if (maxAgents < 1 || maxAgents > MOST_AGENTS) {
            throw new IllegalArgumentException(
                    "fleet.maxAgents must be from 1 to " + MOST_AGENTS + ", not " + maxAgents);
        }
    }
}
