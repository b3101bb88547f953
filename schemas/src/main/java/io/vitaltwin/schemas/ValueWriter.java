package io.vitaltwin.schemas;

import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * How values of one schema are written. Made once for a schema, so that nothing of it is looked up for a record: Avro's own writer asks
 * for each value which branch of a union it belongs to, by name, and that is most of its time. Holds no state.
 */
@FunctionalInterface
interface ValueWriter {

    /** @throws RuntimeException of any kind when the value does not fit */
    void write(@Nullable Object value, WireOutput out);

    /** @throws IllegalStateException when the schema has a type that no record of ours had so far */
    static ValueWriter of(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> ofRecord(schema);
            case ARRAY -> ofArray(of(schema.getElementType()));
            case MAP -> ofMap(of(schema.getValueType()));
            case UNION -> ofUnion(schema.getTypes());
            case ENUM -> (value, out) -> out.writeLong(((Enum<?>) present(value)).ordinal());
            case STRING -> (value, out) -> out.writeString((CharSequence) present(value));
            case BYTES -> plain(schema, (value, out) -> out.writeBytes((ByteBuffer) present(value)));
            case INT -> plain(schema, (value, out) -> out.writeLong((Integer) present(value)));
            case LONG -> schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                    ? (value, out) -> out.writeLong(((Instant) present(value)).toEpochMilli())
                    : plain(schema, (value, out) -> out.writeLong((Long) present(value)));
            case FLOAT -> (value, out) -> out.writeFloat((Float) present(value));
            case DOUBLE -> (value, out) -> out.writeDouble((Double) present(value));
            case BOOLEAN -> (value, out) -> out.writeByte((Boolean) present(value) ? 1 : 0);
            case NULL -> (value, out) -> { };
            case FIXED -> throw unknown(schema);
        };
    }

    private static Object present(@Nullable Object value) {
        if (value == null) {
            throw new NullPointerException("a value is missing");
        }
        return value;
    }

    /** For types that may carry a logical type, which would be another class in Java. */
    private static ValueWriter plain(Schema schema, ValueWriter writer) {
        if (schema.getLogicalType() != null) {
            throw unknown(schema);
        }
        return writer;
    }

    private static IllegalStateException unknown(Schema schema) {
        return new IllegalStateException("no writer for schema type " + schema + ": add it to ValueWriter");
    }

    private static ValueWriter ofRecord(Schema schema) {
        ValueWriter[] fields = schema.getFields().stream().map(field -> of(field.schema())).toArray(ValueWriter[]::new);
        return (value, out) -> {
            var fieldsOf = (SpecificRecord) present(value);
            for (int i = 0; i < fields.length; i++) {
                fields[i].write(fieldsOf.get(i), out);
            }
        };
    }

    private static ValueWriter ofArray(ValueWriter item) {
        return (value, out) -> {
            var items = (Collection<?>) present(value);
            if (!items.isEmpty()) {
                out.writeLong(items.size());
                for (Object each : items) {
                    item.write(each, out);
                }
            }
            out.writeByte(0);
        };
    }

    private static ValueWriter ofMap(ValueWriter item) {
        return (value, out) -> {
            var entries = (Map<?, ?>) present(value);
            if (!entries.isEmpty()) {
                out.writeLong(entries.size());
                entries.forEach((key, each) -> {
                    out.writeString((CharSequence) present(key));
                    item.write(each, out);
                });
            }
            out.writeByte(0);
        };
    }

    private static ValueWriter ofUnion(List<Schema> branches) {
        Class<?>[] classes = branches.stream().map(ValueWriter::classOf).toArray(Class<?>[]::new);
        ValueWriter[] writers = branches.stream().map(ValueWriter::of).toArray(ValueWriter[]::new);
        if (classes.length == 2 && classes[0] == Void.class) {
            return ofOptional(classes[1], writers[1]);
        }
        return (value, out) -> {
            Class<?> type = value == null ? Void.class : value.getClass();
            for (int branch = 0; branch < classes.length; branch++) {
                if (classes[branch].isAssignableFrom(type)) {
                    out.writeLong(branch);
                    writers[branch].write(value, out);
                    return;
                }
            }
            throw new ClassCastException("no branch of the union takes the value");
        };
    }

    /** The union of most fields: nothing, or a value of one kind. */
    private static ValueWriter ofOptional(Class<?> type, ValueWriter writer) {
        return (value, out) -> {
            if (value == null) {
                out.writeByte(0);
            } else if (type.isInstance(value)) {
                out.writeLong(1);
                writer.write(value, out);
            } else {
                throw new ClassCastException("no branch of the union takes the value");
            }
        };
    }

    private static Class<?> classOf(Schema branch) {
        return switch (branch.getType()) {
            case NULL -> Void.class;
            case STRING -> CharSequence.class;
            case DOUBLE -> Double.class;
            case FLOAT -> Float.class;
            case INT -> Integer.class;
            case LONG -> branch.getLogicalType() == null ? Long.class : Instant.class;
            case BOOLEAN -> Boolean.class;
            case BYTES -> ByteBuffer.class;
            case ARRAY -> Collection.class;
            case MAP -> Map.class;
            case RECORD, ENUM -> SpecificData.get().getClass(branch);
            case FIXED, UNION -> throw unknown(branch);
        };
    }
}
