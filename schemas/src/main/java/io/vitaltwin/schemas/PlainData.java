package io.vitaltwin.schemas;

import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

import java.util.ArrayList;

/**
 * Makes records whose lists are plain {@link ArrayList}s. Avro's own list compares its items by schema and without logical types:
 * {@code equals} of two records that were read throws as soon as an item has a time that may be absent.
 */
final class PlainData extends SpecificData {

    PlainData() {
        super(PlainData.class.getClassLoader());
        addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    }

    @Override
    public InstanceSupplier getNewRecordSupplier(Schema schema) {
        InstanceSupplier bare = super.getNewRecordSupplier(schema);
        int[] lists = schema.getFields().stream().filter(field -> field.schema().getType() == Schema.Type.ARRAY)
                .mapToInt(Schema.Field::pos).toArray();
        return (old, same) -> {
            var value = (SpecificRecord) bare.newInstance(old, same);
            for (int field : lists) {
                value.put(field, new ArrayList<>());
            }
            return value;
        };
    }
}
