package pulseboard.board.uploads.config;

/**
 * What is different with one account.
 *
 * @param quotaBytes how much it may take in its window, such as {@code 750 GB}; empty: as {@code uploads.quotaBytes}
 * @param quotaWindow which bytes count: {@code fixed}, {@code rolling} or {@code calendar}; empty: as {@code uploads.quotaWindow}
 */
public record AccountConfig(String quotaBytes, String quotaWindow) {

    /** What is used unless somebody says otherwise. */
    public static final AccountConfig DEFAULT = new AccountConfig("", "");
}
