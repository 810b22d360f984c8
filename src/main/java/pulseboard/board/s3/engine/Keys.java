package pulseboard.board.s3.engine;

/** The order of keys. */
final class Keys {

    private Keys() {}

    /** Compares as the bytes of UTF-8 do, which is the order of code points. */
    static int compare(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int index = 0; index < length; index++) {
            char first = one.charAt(index);
            char second = other.charAt(index);
            if (first != second) {
                return rank(first) - rank(second);
            }
        }
        return one.length() - other.length();
    }

    /** Surrogates, which stand for what is above U+FFFF, come last. */
    private static int rank(char letter) {
        return Character.isSurrogate(letter) ? letter + 0x10000 : letter;
    }

    /** Whether servers that compare UTF-16 may list it elsewhere. */
    static boolean isAmbiguous(String key) {
        for (int index = 0; index < key.length(); index++) {
            if (key.charAt(index) >= Character.MIN_SURROGATE) {
                return true;
            }
        }
        return false;
    }
}
