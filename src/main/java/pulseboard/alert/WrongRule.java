package pulseboard.alert;

import io.vertx.core.json.JsonObject;

/** A rule that cannot be understood: where that begins, and how to mend it. */
public final class WrongRule extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String what;
    private final int line;
    private final int column;
    private final String mend;

    WrongRule(String what, int column, String mend) {
        this(what, 0, column, mend);
    }

    private WrongRule(String what, int line, int column, String mend) {
        super((line > 0 ? "line " + line + ": " : column > 0 ? "column " + column + ": " : "") + what + "; " + mend);
        this.what = what;
        this.line = line;
        this.column = column;
        this.mend = mend;
    }

    /** The same, further to the right. */
    WrongRule movedBy(int columns) {
        return new WrongRule(what, line, column == 0 ? 0 : column + columns, mend);
    }

    /** The same, in this line of a file, where what is wrong begins at this column. */
    WrongRule at(int lineOfFile, int columnOfFile) {
        return new WrongRule(what, lineOfFile, columnOfFile, mend);
    }

    /** The same, said of one part of a rule. */
    WrongRule in(String part) {
        return new WrongRule(part + ": " + what, line, column, mend);
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }

    String what() {
        return what;
    }

    String mend() {
        return mend;
    }

    /** For people who edit. */
    JsonObject toJson() {
        JsonObject json = JsonObject.of("what", what, "mend", mend);
        if (line > 0) {
            json.put("line", line);
        }
        return column > 0 ? json.put("column", column) : json;
    }
}
