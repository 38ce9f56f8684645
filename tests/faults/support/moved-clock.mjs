/** Loaded before a server: its wall clock is `CLOCK_MOVED_BY` milliseconds off. Timers go on as ever. */
const by = Number(process.env.CLOCK_MOVED_BY ?? 0);
const RealDate = Date;
const now = () => RealDate.now() + by;

globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length === 0 ? [now()] : given));
  }
  static now() {
    return now();
  }
};
