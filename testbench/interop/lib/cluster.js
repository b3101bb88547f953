import kafkajs from 'kafkajs';
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';
import { randomUUID } from 'node:crypto';
import { addLz4 } from './lz4.js';
import { Watch } from './watch.js';

const { Kafka, logLevel } = kafkajs;

/** A producer, a consumer of committed records, and the registry that both use. */
export class Cluster {
  #kafka;
  #registry;
  #producer;
  #consumer;
  watch = new Watch();

  constructor({ bootstrap, registry, prefix }) {
    addLz4();
    this.prefix = prefix;
    this.#kafka = new Kafka({ clientId: 'vitaltwin-interop', brokers: bootstrap.split(','), logLevel: logLevel.NOTHING, retry: { retries: 8 } });
    this.#registry = new SchemaRegistry({ host: registry });
  }

  topic(what) {
    return `${this.prefix}${what}.v1`;
  }

  /** Connects, and reads these topics from their beginning. */
  async open(...topics) {
    this.#producer = this.#kafka.producer();
    await this.#producer.connect();
    this.#consumer = this.#kafka.consumer({ groupId: `vitaltwin-interop-${randomUUID()}`, readUncommitted: false });
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics, fromBeginning: true });
    await this.#consumer.run({ eachMessage: (read) => this.#take(read) });
  }

  async close() {
    await this.#consumer?.disconnect();
    await this.#producer?.disconnect();
  }

  /** Writes one value with the newest schema of its topic. Returns where it went: topic, partition, offset. */
  async send(topic, key, value) {
    const id = await this.#registry.getLatestSchemaId(`${topic}-value`);
    return this.sendBytes(topic, key, await this.#registry.encode(id, value));
  }

  async sendBytes(topic, key, bytes) {
    const [sent] = await this.#producer.send({ topic, acks: -1, messages: [{ key, value: bytes }] });
    return { topic, partition: sent.partition, offset: Number(sent.baseOffset) };
  }

  async #take({ topic, partition, message }) {
    const value = message.value === null ? null : await this.#registry.decode(message.value);
    this.watch.add({ topic, partition, offset: Number(message.offset), key: message.key?.toString('utf8'), value });
  }
}
