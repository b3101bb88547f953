/** What crosses a topic: the records, the catalogue of topics, serdes, the schema lock and the registry client. Knows no other module. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.schemas;
