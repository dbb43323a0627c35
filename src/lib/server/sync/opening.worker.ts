import { parentPort, workerData } from 'node:worker_threads';
import { deviceKeys } from '../people/signers.ts';
import { inPieces } from '../store/rows.ts';
import { openEnvelopes } from './open-envelopes.ts';
import { openerOf } from './open-sealed.ts';
import type { OpenedMessage, OpenersData, TaskMessage } from './openers.ts';

// Node tries every key that is given as bytes as an object first, and catches what that throws: with
// the stack of each such error, a tenth of what an envelope costs.
Error.stackTraceLimit = 0;

const open = openerOf((workerData as OpenersData).sealing);
const { verify } = deviceKeys();

/** Answers that go back together: a message costs as much as what is in it. */
const TOGETHER = 4;

parentPort?.on('message', (tasks: TaskMessage) => {
  for (const some of inPieces(tasks, TOGETHER)) {
    const opened = some.map(({ id, ...task }) => {
      return { id, opened: openEnvelopes(task.envelopes, { ...task, open, verify }) };
    });
    parentPort?.postMessage(opened satisfies OpenedMessage);
  }
});
parentPort?.postMessage([] satisfies OpenedMessage);
