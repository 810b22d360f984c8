package pulseboard.board.uploads.config;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes as people write it: {@code 750 GB} is decimal, {@code 1 GiB} binary, and a number alone counts bytes. */
public final class ByteSize {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?) ?([kKMGTP]i?B|B)?");
    private static final Map<String, Integer> POWERS = Map.of("K", 1, "M", 2, "G", 3, "T", 4, "P", 5);

    private ByteSize() {}

    /**
     * The number.
     *
     * @throws IllegalArgumentException when it is none, or too large; the message says how it is written
     */
    public static long of(String text) {
        Matcher match = TEXT.matcher(text.strip());
        if (!match.matches()) {
            throw new IllegalArgumentException("must be a size such as 750 GB, 1 GiB or 5000000, not " + text);
        }
        String unit = match.group(2) == null ? "B" : match.group(2).toUpperCase(Locale.ROOT);
        BigDecimal factor = BigDecimal.valueOf(unit.contains("I") ? 1_024 : 1_000)
                .pow(POWERS.getOrDefault(unit.substring(0, 1), 0));
        try {
            return new BigDecimal(match.group(1))
                    .multiply(factor)
                    .toBigInteger()
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("must be less than 8 EiB, not " + text, e);
        }
    }
}
