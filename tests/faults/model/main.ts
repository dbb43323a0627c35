import { parseArgs } from 'node:util';
import { playHistory } from './history.ts';
import { keepFailing, keptHistories } from './kept.ts';
import { historyOf, type History } from './operations.ts';
import { shrink } from './shrink.ts';
import { makeTemplate } from './template.ts';

/**
 * `node tests/faults/model/main.ts --first 1 --count 100`: plays the histories of these seeds and
 * prints a line of JSON for each that fails; ends at the first with `--stop`. With `--keep` it cuts
 * that one down to what it needs and adds it to seeds.json. `--kept` plays those first.
 */
const { values } = parseArgs({
  options: {
    first: { type: 'string', default: '1' },
    count: { type: 'string', default: '1' },
    stop: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    kept: { type: 'boolean', default: false },
  },
});
const first = Number(values.first);
const end = first + Number(values.count);
const template = await makeTemplate();
let played = 0;
let failed = 0;
let begun = 0;
const seeds = Array.from({ length: end - first }, (_, index) => first + index);
const before: readonly History[] = values.kept ? keptHistories() : [];
for (const history of [...before, ...seeds.map(historyOf)]) {
  const { seed } = history;
  const { failure, begunWithSnapshot } = await playHistory(template, history);
  begun += begunWithSnapshot;
  played += 1;
  if (!failure) continue;
  failed += 1;
  console.log(JSON.stringify({ seed, played, ...failure }));
  if (values.keep) {
    const small = await shrink(template, history, failure.rule);
    keepFailing(small.history, small.failure ?? failure);
    console.log(JSON.stringify(small));
  }
  if (values.stop || values.keep) break;
}
template.remove();
console.log(
  `seeds ${first} to ${end - 1}: ${failed} failed; phones that began with a snapshot: ${begun}`,
);
process.exitCode = failed > 0 ? 1 : 0;
