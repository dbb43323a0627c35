/** Loaded before a server (`--import`): its clock is ahead by CLOCK_AHEAD_DAYS. */
const RealDate = Date;
const now = (): number => RealDate.now() + Number(process.env['CLOCK_AHEAD_DAYS']) * 86_400_000;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, parts, made) =>
    Reflect.construct(target, parts.length === 0 ? [now()] : parts, made) as Date,
  get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
});

export {};
