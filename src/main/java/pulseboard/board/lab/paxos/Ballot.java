package pulseboard.board.lab.paxos;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * The number of an attempt to have something decided. Two proposers never share one, since it holds who made it. Ballots with the
 * counter 0 are for the owner of a decision, who need not prepare.
 *
 * @param counter 0 or more
 * @param proposer who made it, up to 64 letters, digits, underscores and hyphens
 */
public record Ballot(long counter, String proposer) implements Comparable<Ballot> {

    private static final Pattern PROPOSER = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Comparator<Ballot> ORDER =
            Comparator.comparingLong(Ballot::counter).thenComparing(Ballot::proposer);

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException when one of them cannot be
     */
    public Ballot {
        if (counter < 0 || !PROPOSER.matcher(proposer).matches()) {
            throw new IllegalArgumentException("no ballot: " + counter + "." + proposer);
        }
    }

    /** Whether it is its owner's first, which needs no promise. */
    public boolean isFast() {
        return counter == 0;
    }

    /** As it is written on the wire, such as {@code 3.n1}. */
    public String text() {
        return counter + "." + proposer;
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws IllegalArgumentException when it is no ballot
     */
    public static Ballot of(String text) {
        int dot = text.indexOf('.');
        if (dot < 1) {
            throw new IllegalArgumentException("no ballot: " + text);
        }
        return new Ballot(Long.parseLong(text.substring(0, dot)), text.substring(dot + 1));
    }

    @Override
    public int compareTo(Ballot other) {
        return ORDER.compare(this, other);
    }
}
