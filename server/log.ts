export const LOG_LEVELS = ['error', 'warn', 'info', 'debug', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Plain facts about an event. Never a token, a code, an address or words of a text. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Log {
  error(message: string, facts?: LogFacts, cause?: unknown): void;
  warn(message: string, facts?: LogFacts, cause?: unknown): void;
  info(message: string, facts?: LogFacts): void;
  debug(message: string, facts?: LogFacts): void;
}

export interface LogOptions {
  readonly level: LogLevel;
  /** One line of JSON per event for machines, one plain line for people. */
  readonly json: boolean;
  readonly now: () => number;
  readonly write: (line: string) => void;
}

const RANK: Readonly<Record<LogLevel, number>> = { silent: 0, error: 1, warn: 2, info: 3, debug: 4 };

/** @returns a log that writes what is at or above its level, one line per event */
export function createLog(options: LogOptions): Log {
  const write = (level: LogLevel, message: string, facts: LogFacts = {}, cause?: unknown): void => {
    if (RANK[level] > RANK[options.level]) return;
    const time = new Date(options.now()).toISOString();
    const told = cause === undefined ? facts : { ...facts, cause: describe(cause) };
    options.write(
      options.json
        ? JSON.stringify({ time, level, message, ...told }).replace(/[\u2028\u2029]/g, ' ')
        : `${time} ${level.padEnd(5)} ${oneLine(message)}${plainFacts(told)}`,
    );
  };
  return {
    error: (message, facts, cause) => write('error', message, facts, cause),
    warn: (message, facts, cause) => write('warn', message, facts, cause),
    info: (message, facts) => write('info', message, facts),
    debug: (message, facts) => write('debug', message, facts),
  };
}

/** A log that says nothing, for tests. */
export function silentLog(): Log {
  return createLog({ level: 'silent', json: false, now: () => 0, write: () => {} });
}

function plainFacts(facts: LogFacts): string {
  return Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}=${oneLine(String(value))}`)
    .join('');
}

function describe(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}

/** What others send must not be able to write a line of its own. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ⏎ ');
}
