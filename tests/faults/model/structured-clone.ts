const anyClone = globalThis.structuredClone;

/**
 * fake-indexeddb copies every row that goes in or out. Node's own copying goes through a serializer;
 * rows of plain values are copied here, and whatever is anything else as before.
 */
globalThis.structuredClone = <T>(value: T, options?: StructuredSerializeOptions): T => {
  if (options) return anyClone(value, options);
  const copy = plainCopy(value);
  return copy === NOT_PLAIN ? anyClone(value) : (copy as T);
};

const NOT_PLAIN = Symbol('not plain');

function plainCopy(value: unknown): unknown {
  if (value === null || PRIMITIVES.has(typeof value)) return value;
  if (typeof value !== 'object') return NOT_PLAIN;
  switch (Object.getPrototypeOf(value)) {
    case Uint8Array.prototype:
      // All of its buffer is copied where it is a part of one, as the specification has it.
      return isWhole(value as Uint8Array) ? (value as Uint8Array).slice() : NOT_PLAIN;
    case Array.prototype: {
      const copy: unknown[] = [];
      for (const one of value as unknown[]) {
        const copied = plainCopy(one);
        if (copied === NOT_PLAIN) return NOT_PLAIN;
        copy.push(copied);
      }
      return copy;
    }
    case Object.prototype: {
      const copy: Record<string, unknown> = {};
      for (const key of Object.keys(value)) {
        const copied = plainCopy((value as Record<string, unknown>)[key]);
        if (copied === NOT_PLAIN) return NOT_PLAIN;
        copy[key] = copied;
      }
      return copy;
    }
    default:
      return NOT_PLAIN;
  }
}

const PRIMITIVES = new Set(['string', 'number', 'boolean', 'undefined', 'bigint']);

const isWhole = ({ buffer, byteLength }: Uint8Array): boolean =>
  buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
