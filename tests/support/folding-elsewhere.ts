/** The newer application unlocking in a thread of its own: it can be ended at any moment. */
export const foldElsewhere = (): Worker =>
  new Worker(new URL('./fold-anew.worker.ts', import.meta.url), { type: 'module' });
