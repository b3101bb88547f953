/** What is usual for one person: learned from that person's own days. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.twin.core.baseline;
