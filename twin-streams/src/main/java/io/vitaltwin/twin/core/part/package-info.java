/** Memories that only some patients have, kept as they were stored until somebody asks for them. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.twin.core.part;
