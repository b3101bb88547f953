/**
 * Everything that was read from some topics, in order of arrival, and waiting for what is not there yet.
 */
export class Watch {
  #records = [];
  #waiting = new Set();

  add(record) {
    this.#records.push(record);
    for (const waiter of [...this.#waiting]) {
      waiter(record);
    }
  }

  /** Records of one topic that were read so far. */
  of(topic) {
    return this.#records.filter((record) => record.topic === topic);
  }

  /**
   * The first record of a topic, read already or still to come, that fits.
   *
   * @param {string} what for the message when it does not come
   * @param {number} atMost milliseconds
   */
  until(topic, fits, what, atMost = 30_000) {
    const there = this.of(topic).find(fits);
    if (there) {
      return Promise.resolve(there);
    }
    return new Promise((resolve, reject) => {
      const waiter = (record) => {
        if (record.topic === topic && fits(record)) {
          done();
          resolve(record);
        }
      };
      const timer = setTimeout(() => {
        done();
        reject(new Error(`${what}: not on ${topic} after ${atMost} ms; ${this.of(topic).length} records read there`));
      }, atMost);
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(waiter);
      };
      this.#waiting.add(waiter);
    });
  }
}
