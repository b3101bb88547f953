package io.vitaltwin.twin.core.forecast;

/** A published way to say where glucose will be that learns nothing. Shown beside every forecast of ours: CLINICAL.md section 7.3. */
public interface Extrapolation {

    /**
     * @param newest the last values in steps of five minutes, mg/dL, oldest first; at least {@link #needed()}
     * @param steps of five minutes ahead, at least 1
     * @return mg/dL, within what a sensor shows
     */
    double after(double[] newest, int steps);

    /** How many values it looks at. */
    int needed();
}
