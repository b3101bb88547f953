package io.vitaltwin.standalone.erase;

import io.vitaltwin.schemas.SearchedPlace;

/**
 * A place that was searched.
 *
 * @param name topic, or folder
 * @param items records or files
 * @param findings how often something that names or measures the patient was found
 * @param anonymous how often the alias was found, which stands for nobody once its key is destroyed
 */
record Place(String name, long items, long bytes, long findings, long anonymous) {

    SearchedPlace record() {
        return new SearchedPlace(name, items, bytes, findings);
    }
}
