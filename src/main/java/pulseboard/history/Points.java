package pulseboard.history;

/** Takes what is known of one series, interval by interval, in no particular order. */
interface Points {

    /**
     * Takes one interval; its average is not a number where nothing is known.
     *
     * @param at start of the interval, Unix milliseconds
     * @param stepMilliseconds its length
     */
    void add(long at, long stepMilliseconds, Summary summary);
}
