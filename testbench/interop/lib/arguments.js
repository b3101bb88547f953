import { parseArgs } from 'node:util';

const NAMES = ['bootstrap', 'registry', 'patient', 'device'];
const USAGE = 'usage: node interop.js --bootstrap HOST:PORT --registry URL --patient ID --device ID [--prefix vt.]';

/**
 * What to test against.
 *
 * @param {string[]} argv without the program's own name
 * @throws {Error} with one line that says what is missing and how to call
 */
export function readArguments(argv) {
  const options = Object.fromEntries([...NAMES, 'prefix'].map((name) => [name, { type: 'string' }]));
  let values;
  try {
    values = parseArgs({ args: argv, options }).values;
  } catch (problem) {
    throw new Error(`${problem.message.split('\n')[0]}; ${USAGE}`, { cause: problem });
  }
  const missing = NAMES.filter((name) => !values[name]);
  if (missing.length > 0) {
    throw new Error(`missing --${missing.join(', --')}; ${USAGE}`);
  }
  return { ...values, prefix: values.prefix ?? 'vt.' };
}
