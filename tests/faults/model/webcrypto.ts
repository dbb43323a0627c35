import {
  createCipheriv,
  createDecipheriv,
  createHash,
  diffieHellman,
  hkdfSync,
  KeyObject,
  sign,
  verify,
  type BinaryLike,
} from 'node:crypto';

/**
 * The same algorithms over the same keys, computed at once and told in the next turn of the loop.
 * Node gives each to a thread, which costs far more than these few bytes do, and answers in an order
 * that no seed decides. What is not asked for here stays as it is, and so does whatever fails: the
 * errors are Node's own.
 */
const subtle = crypto.subtle;
const TAG = 16;
const nodeKeys = new WeakMap<CryptoKey, KeyObject>();

function nodeKeyOf(key: CryptoKey): KeyObject {
  const known = nodeKeys.get(key) ?? withoutWarning(() => KeyObject.from(key as never));
  nodeKeys.set(key, known);
  return known;
}

/** That a key cannot be exported means nothing here: it is warned of once for every process. */
function withoutWarning<T>(work: () => T): T {
  const { noDeprecation } = process;
  process.noDeprecation = true;
  try {
    return work();
  } finally {
    process.noDeprecation = noDeprecation ?? false;
  }
}

const bytesOf = (source: BufferSource): Uint8Array =>
  ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);

const bufferOf = (...parts: readonly Uint8Array[]): ArrayBuffer => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole.buffer;
};

/** Never within this turn: a transaction of IndexedDB does not wait for WebCrypto, here neither. */
const nextTurn = <T>(value: T): Promise<T> =>
  new Promise((resolve) => setImmediate(() => resolve(value)));

interface Gcm {
  readonly name: string;
  readonly iv: BufferSource;
  readonly additionalData?: BufferSource;
}

const encrypt: SubtleCrypto['encrypt'] = (algorithm, key, data) => {
  const { iv, additionalData } = algorithm as Gcm;
  if (key.algorithm.name !== 'AES-GCM' || !key.usages.includes('encrypt'))
    return subtle.encrypt(algorithm, key, data);
  const cipher = createCipheriv('aes-256-gcm', nodeKeyOf(key), bytesOf(iv));
  if (additionalData) cipher.setAAD(bytesOf(additionalData));
  return nextTurn(bufferOf(cipher.update(bytesOf(data)), cipher.final(), cipher.getAuthTag()));
};

const decrypt: SubtleCrypto['decrypt'] = (algorithm, key, data) => {
  const { iv, additionalData } = algorithm as Gcm;
  const bytes = bytesOf(data);
  try {
    if (key.algorithm.name !== 'AES-GCM' || !key.usages.includes('decrypt'))
      throw new TypeError('for Node to refuse');
    const cipher = createDecipheriv('aes-256-gcm', nodeKeyOf(key), bytesOf(iv));
    if (additionalData) cipher.setAAD(bytesOf(additionalData));
    cipher.setAuthTag(bytes.subarray(-TAG));
    return nextTurn(bufferOf(cipher.update(bytes.subarray(0, -TAG)), cipher.final()));
  } catch {
    return subtle.decrypt(algorithm, key, data);
  }
};

const deriveBits: SubtleCrypto['deriveBits'] = (algorithm, key, length) => {
  if (typeof length !== 'number' || !key.usages.includes('deriveBits'))
    return subtle.deriveBits(algorithm as HkdfParams, key, length);
  if (key.algorithm.name === 'ECDH') {
    const { public: theirs } = algorithm as EcdhKeyDeriveParams;
    const keys = { privateKey: nodeKeyOf(key), publicKey: nodeKeyOf(theirs) };
    return nextTurn(bufferOf(diffieHellman(keys).subarray(0, length / 8)));
  }
  const { salt, info } = algorithm as HkdfParams;
  const secret = nodeKeyOf(key);
  return nextTurn(hkdfSync('sha256', secret, bytesOf(salt), bytesOf(info), length / 8));
};

const ECDSA = { dsaEncoding: 'ieee-p1363' } as const;

const signBytes: SubtleCrypto['sign'] = (algorithm, key, data) => {
  if (key.algorithm.name !== 'ECDSA' || !key.usages.includes('sign'))
    return subtle.sign(algorithm, key, data);
  return nextTurn(bufferOf(sign('sha256', bytesOf(data), { key: nodeKeyOf(key), ...ECDSA })));
};

const verifyBytes: SubtleCrypto['verify'] = (algorithm, key, signature, data) => {
  if (key.algorithm.name !== 'ECDSA' || !key.usages.includes('verify'))
    return subtle.verify(algorithm, key, signature, data);
  const by = { key: nodeKeyOf(key), ...ECDSA };
  return nextTurn(verify('sha256', bytesOf(data), by, bytesOf(signature)));
};

const digest: SubtleCrypto['digest'] = (_sha256, data) =>
  nextTurn(
    bufferOf(
      createHash('sha256')
        .update(bytesOf(data) as BinaryLike)
        .digest(),
    ),
  );

Object.defineProperty(crypto, 'subtle', {
  configurable: true,
  value: Object.assign(Object.create(subtle) as SubtleCrypto, {
    encrypt,
    decrypt,
    deriveBits,
    digest,
    sign: signBytes,
    verify: verifyBytes,
    importKey: subtle.importKey.bind(subtle),
    exportKey: subtle.exportKey.bind(subtle),
    generateKey: subtle.generateKey.bind(subtle),
    wrapKey: subtle.wrapKey.bind(subtle),
    unwrapKey: subtle.unwrapKey.bind(subtle),
  }),
});
