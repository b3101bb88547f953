// The Node.js snippet of the README, as a program: node examples/alerts.js HOST:PORT REGISTRY-URL
import kafkajs from 'kafkajs';
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';
import { addLz4 } from '../lib/lz4.js';

const { Kafka } = kafkajs;
const [bootstrap, registryUrl] = process.argv.slice(2);
const show = console.log;
addLz4();

const registry = new SchemaRegistry({ host: registryUrl });
const consumer = new Kafka({ brokers: [bootstrap] }).consumer({ groupId: 'ward-7', readUncommitted: false });
await consumer.connect();
await consumer.subscribe({ topics: ['vt.alerts.v1'], fromBeginning: true });
await consumer.run({
  eachMessage: async ({ message }) => {
    const alert = await registry.decode(message.value);
    show(`${alert.priority} ${alert.rule} ${alert.event}: ${alert.text}`);
  },
});
