/**
 * What both sides have and `es2024` does not name. Only the pure rooms are compiled with this file
 * (tsconfig.pure.json); elsewhere the browser's or Node's own types say the same.
 */
declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array): string;
}
