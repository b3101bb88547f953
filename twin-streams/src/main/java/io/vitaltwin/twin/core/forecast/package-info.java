/** Where a vital stands, where it goes, and how sure that is: filtered level and slope, glucose forecasts and the published baselines. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.twin.core.forecast;
