/** What asks the cluster. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.alerts.adapter;
