/** What is remembered of a patient from day to day: weights, and what the nights are like. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.twin.core.daily;
