package pulseboard.board.uploads.cloudplow;

import java.util.Locale;

/** Sizes as rclone writes them in options. */
final class Sizes {

    private Sizes() {}

    /** As our settings write it: rclone's {@code 50M} is 50 MiB, and a number alone counts KiB. */
    static String ofRclone(String text) {
        String size = text.strip();
        if (size.equals("off") || size.equals("0")) {
            return "off";
        }
        if (size.matches("\\d+(\\.\\d+)?")) {
            return size + " KiB";
        }
        return size.matches("\\d+(\\.\\d+)?[kKMGT]")
                ? size.substring(0, size.length() - 1) + " "
                        + size.substring(size.length() - 1).toUpperCase(Locale.ROOT) + "iB"
                : size;
    }
}
