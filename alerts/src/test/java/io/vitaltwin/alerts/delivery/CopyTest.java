package io.vitaltwin.alerts.delivery;

import io.vitaltwin.schemas.Notification;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

import java.time.Instant;

import static io.vitaltwin.schemas.Priority.HIGH;
import static org.assertj.core.api.Assertions.assertThat;

class CopyTest {

    @Test
    void shouldCopyEveryField() {
        Notification full = Copy.of(Steps.planned("a", "email", HIGH)).setDetail("d").setAttempt(3).setNext(Instant.EPOCH).setReference("r").build();
        for (Schema.Field field : full.getSchema().getFields()) {
            assertThat(full.get(field.pos())).as(field.name()).isNotNull().isNotEqualTo("");
        }
        assertThat(Copy.of(full).build()).isEqualTo(full);
    }
}
