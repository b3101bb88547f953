/** What people do with alerts. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.alerts;
