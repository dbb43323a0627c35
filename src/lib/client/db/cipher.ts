import { openRow, sealRow } from '#lib/crypto/seal.ts';

/** How rows become bytes on disk. A row is bound to its id: none can stand in another's place. */
export interface Cipher {
  seal(id: string, bytes: Uint8Array): Promise<Uint8Array>;
  /** `undefined` where the bytes are not this row, of this key, whole. */
  open(id: string, bytes: Uint8Array): Promise<Uint8Array | undefined>;
}

/** Version of what rows hold; bound to every row. */
const ROW_SCHEMA = 1;

export function sealingCipher(key: CryptoKey): Cipher {
  return {
    seal: (id, bytes) => sealRow(key, id, ROW_SCHEMA, bytes),
    open: async (id, bytes) => {
      const opened = await openRow(key, id, ROW_SCHEMA, bytes);
      return opened.ok ? opened.value : undefined;
    },
  };
}

/** For the public example alone: what everybody may read is kept as it is. */
export const plainCipher: Cipher = {
  seal: (_id, bytes) => Promise.resolve(bytes),
  open: (_id, bytes) => Promise.resolve(bytes),
};
