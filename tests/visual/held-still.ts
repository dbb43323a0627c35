/**
 * Runs in a page before it loads: what is drawn by lot there (a passphrase, ids) is the same each
 * time, and so is what the device says of its storage. Keys are made elsewhere and stay by lot.
 */
export function heldStill(): void {
  let state = 7;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  crypto.getRandomValues = <T extends ArrayBufferView | null>(array: T): T => {
    if (!array) return array;
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = Math.floor(next() * 256);
    return array;
  };
  Math.random = next;
  const storage = navigator.storage;
  storage.estimate = () => Promise.resolve({ usage: 3 * 1024 * 1024, quota: 900 * 1024 * 1024 });
  storage.persisted = () => Promise.resolve(true);
  storage.persist = () => Promise.resolve(true);
}
