package io.vitaltwin.schemas;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random records of any of our types: every branch of every union, empty and full collections, extreme numbers, any text. */
final class Samples {

    private static final List<String> TEXTS = List.of("", "heart_rate", "°C µmol/L", "心拍", "\uD83D\uDE00", "a\u0000b", "x".repeat(300));
    private static final double[] DOUBLES = {0, -0.0, 97.5, Double.MAX_VALUE, Double.MIN_VALUE, Double.NEGATIVE_INFINITY};
    private static final long[] LONGS = {0, -1, 1, 63, 64, -64, -65, Long.MAX_VALUE, Long.MIN_VALUE, 1_700_000_000_000L};

    private final Random random;

    Samples(long seed) {
        this.random = new Random(seed);
    }

    <T extends SpecificRecord> T any(Class<T> type) {
        return type.cast(any(SpecificData.get().getSchema(type)));
    }

    private Object any(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> record(schema);
            case ENUM -> SpecificData.get().createEnum(schema.getEnumSymbols().get(random.nextInt(schema.getEnumSymbols().size())), schema);
            case ARRAY -> array(schema);
            case MAP -> map(schema);
            case UNION -> union(schema);
            case STRING -> TEXTS.get(random.nextInt(TEXTS.size()));
            case INT -> random.nextBoolean() ? random.nextInt(200) - 100 : random.nextInt();
            case LONG -> schema.getLogicalType() == null ? aLong() : Instant.ofEpochMilli(aLong());
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextBoolean() ? random.nextDouble() : DOUBLES[random.nextInt(DOUBLES.length)];
            case BOOLEAN -> random.nextBoolean();
            case NULL, BYTES, FIXED -> throw new IllegalStateException("no record of ours has a field of type " + schema.getType());
        };
    }

    private long aLong() {
        return random.nextBoolean() ? LONGS[random.nextInt(LONGS.length)] : random.nextLong();
    }

    private Object record(Schema schema) {
        var value = (SpecificRecord) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
        schema.getFields().forEach(field -> value.put(field.pos(), any(field.schema())));
        return value;
    }

    private Object array(Schema schema) {
        List<Object> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(any(schema.getElementType()));
        }
        return items;
    }

    private Object map(Schema schema) {
        Map<String, Object> entries = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            entries.put("k" + random.nextInt(100), any(schema.getValueType()));
        }
        return entries;
    }

    @SuppressWarnings("NullAway")
    private Object union(Schema schema) {
        Schema branch = schema.getTypes().get(random.nextInt(schema.getTypes().size()));
        return branch.getType() == Schema.Type.NULL ? null : any(branch);
    }
}
