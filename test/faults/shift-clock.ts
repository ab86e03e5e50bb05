/**
 * Loaded before a program of ours in a test (`--import`): its parent moves what the program takes for the time, by
 * `DD0C_TEST_CLOCK_BY_MS` from the start and by messages `{ "clockByMs": N }` while it runs. Timers go on as they are: a
 * clock that jumps does not move them either. What OpenSSL takes for the time stays the machine's.
 */
const machine = Date.now.bind(Date);
let byMs = Number(process.env['DD0C_TEST_CLOCK_BY_MS'] ?? 0);

Date.now = () => machine() + byMs;
globalThis.Date = new Proxy(Date, {
  construct(target, given: readonly unknown[], made): Date {
    const shifted: unknown = Reflect.construct(target, given.length === 0 ? [machine() + byMs] : given, made);
    if (!(shifted instanceof Date)) throw new TypeError('a date makes dates');
    return shifted;
  },
});

process.on('message', (message: unknown) => {
  if (typeof message === 'object' && message !== null && 'clockByMs' in message) byMs = Number(message.clockByMs);
});
process.channel?.unref(); // listening must not keep the program from ending
