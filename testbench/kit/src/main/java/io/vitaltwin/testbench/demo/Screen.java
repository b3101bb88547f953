package io.vitaltwin.testbench.demo;

/** Where people see how the demo goes. */
interface Screen {

    /** Called often; shows what it finds worth showing. */
    void show(Status status);
}
