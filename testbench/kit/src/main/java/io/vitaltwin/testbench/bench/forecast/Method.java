package io.vitaltwin.testbench.bench.forecast;

/** The ways to forecast that are compared, in the order of the tables. */
enum Method {
    PERSISTENCE("persistence"),
    LINEAR("linear of 4"),
    AR2("AR2"),
    LEVEL_SLOPE("level+slope"),
    OURS("ours");

    private final String label;

    Method(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
