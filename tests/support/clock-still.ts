/**
 * Loaded before a server (`--import`): its clock begins at CLOCK_STILL_AT (ISO), and goes on by a
 * millisecond whenever it is read, so that what came first still comes first.
 */
const RealDate = Date;
let instant = RealDate.parse(process.env['CLOCK_STILL_AT'] ?? '');
const now = (): number => (instant += 1);

globalThis.Date = new Proxy(RealDate, {
  construct: (target, parts, made) =>
    Reflect.construct(target, parts.length === 0 ? [now()] : parts, made) as Date,
  get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
});

export {};
