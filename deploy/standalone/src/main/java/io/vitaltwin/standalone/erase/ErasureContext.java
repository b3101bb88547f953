package io.vitaltwin.standalone.erase;

import io.vitaltwin.schemas.SchemaIds;
import io.vitaltwin.schemas.Topics;
import io.vitaltwin.schemas.privacy.Privacy;
import org.apache.kafka.clients.admin.Admin;

import java.util.Map;
import java.util.function.Consumer;

/**
 * Where an erasure takes place.
 *
 * @param client properties of any client
 * @param reader properties of a consumer of committed records without a group
 * @param progress is told of each step, without anything of the patient
 */
public record ErasureContext(Admin admin, Map<String, Object> client, Map<String, Object> reader, Topics topics, SchemaIds ids, Privacy privacy,
        Consumer<String> progress) {
}
