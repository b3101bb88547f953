/**
 * The National Early Warning Score 2 of remote readings, complete or partial: a score that says what it does not know.
 *
 * @see "Royal College of Physicians, National Early Warning Score (NEWS) 2, London 2017"
 * @see "CLINICAL.md section 2"
 */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.twin.core.news2;
