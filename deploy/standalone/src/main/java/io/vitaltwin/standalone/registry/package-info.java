/** The embedded schema registry: the bundled schemas at the paths of the Confluent REST API, read-only. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.standalone.registry;
