/** Files that people write: patients, devices and consents as YAML or JSON, read into the records that go onto the topics. */
@org.jspecify.annotations.NullMarked
package io.vitaltwin.standalone.input;
