/** Records that only the patient's own key opens, the keys, and the aliases that stand for patients in keys of records. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.schemas.privacy;
