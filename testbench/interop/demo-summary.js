// node demo-summary.js FILE: checks the last line of what `./vitaltwin demo --for …` wrote. Exit 1 and one line for each thing that is wrong.
import { readFileSync } from 'node:fs';
import { problemsOf } from './lib/summary.js';

const [file] = process.argv.slice(2);
if (!file) {
  console.error('usage: node demo-summary.js FILE');
  process.exit(2);
}
const last = readFileSync(file, 'utf8').trimEnd().split('\n').at(-1);
console.log(last);
const problems = problemsOf(last);
problems.forEach((problem) => console.error(`demo summary: ${problem}`));
process.exitCode = problems.length === 0 ? 0 : 1;
