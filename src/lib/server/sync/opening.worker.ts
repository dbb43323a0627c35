import { parentPort, workerData } from 'node:worker_threads';
import { deviceKeys } from '../people/signers.ts';
import { openEnvelopes } from './open-envelopes.ts';
import { openerOf } from './open-sealed.ts';
import type { OpenedMessage, OpenersData, TaskMessage } from './openers.ts';

// Node tries every key that is given as bytes as an object first, and catches what that throws: with
// the stack of each such error, a tenth of what an envelope costs.
Error.stackTraceLimit = 0;

const open = openerOf((workerData as OpenersData).sealing);
const { verify } = deviceKeys();

parentPort?.on('message', (tasks: TaskMessage) => {
  for (const { id, ...task } of tasks) {
    const opened = openEnvelopes(task.envelopes, { ...task, open, verify });
    parentPort?.postMessage([{ id, opened }] satisfies OpenedMessage);
  }
});
parentPort?.postMessage([] satisfies OpenedMessage);
