import { setImmediate as nextTurn } from 'node:timers/promises';

/** Of the loop: seconds in which nothing else is done. What has not ended then never will. */
const MOST_TURNS = 1_000_000;

/** Whether this comes to an end, well or badly. */
export async function hasEnded(work: Promise<unknown>): Promise<boolean> {
  const state = { isOver: false };
  void Promise.allSettled([work]).then(() => (state.isOver = true));
  for (let turn = 0; turn < MOST_TURNS && !state.isOver; turn++) await nextTurn();
  return state.isOver;
}
