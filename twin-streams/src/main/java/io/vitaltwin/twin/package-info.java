/** From readings to one twin per patient and the alerts that follow. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.twin;
