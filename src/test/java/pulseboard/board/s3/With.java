package pulseboard.board.s3;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.TreeMap;

/** Records with some other values. */
public final class With {

    private With() {}

    /** A copy that has these values for these components. */
    @SuppressWarnings("unchecked") // Of the same class.
    public static <R extends Record> R values(R record, Map<String, Object> values) {
        Map<String, Object> left = new TreeMap<>(values);
        RecordComponent[] components = record.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] all = new Object[components.length];
        try {
            for (int index = 0; index < components.length; index++) {
                RecordComponent each = components[index];
                types[index] = each.getType();
                Object given = left.remove(each.getName());
                all[index] = given == null ? each.getAccessor().invoke(record) : given;
            }
            if (!left.isEmpty()) {
                throw new AssertionError(record.getClass() + " has no " + left.keySet());
            }
            return (R) record.getClass().getConstructor(types).newInstance(all);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException refused ? refused : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
