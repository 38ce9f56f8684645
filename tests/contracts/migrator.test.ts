import { getMigrations } from 'better-auth/db/migration';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite, type SqliteDatabase } from '../../server/adapters/sql/database.ts';
import { migrate } from '../../server/adapters/sql/migrator.ts';

let database: SqliteDatabase;
beforeEach(() => {
  database = openSqlite(':memory:');
});
afterEach(() => database.close());

const step = (name: string, statement: string) => ({
  name,
  up: async (db: SqliteDatabase['kysely']) => {
    await sql.raw(statement).execute(db);
  },
});

describe('migrations', () => {
  it('are made once, in order, and what is there stays', async () => {
    const first = step('0001-a', 'create table a (x integer)');
    expect(await migrate(database.kysely, 'sqlite', 5, [first])).toEqual(['0001-a']);
    database.raw.exec('insert into a values (7)');
    const second = step('0002-b', 'alter table a add column y integer');
    expect(await migrate(database.kysely, 'sqlite', 6, [first, second])).toEqual(['0002-b']);
    expect(await migrate(database.kysely, 'sqlite', 7, [first, second])).toEqual([]);
    expect(database.raw.prepare('select * from a').all()).toEqual([{ x: 7, y: null }]);
  });

  it('one that fails leaves nothing of itself behind, and is made the next time', async () => {
    const broken = {
      name: '0001-a',
      up: async (db: SqliteDatabase['kysely']) => {
        await sql.raw('create table a (x integer)').execute(db);
        throw new Error('halfway');
      },
    };
    await expect(migrate(database.kysely, 'sqlite', 5, [broken])).rejects.toThrow('halfway');
    const whole = step('0001-a', 'create table a (x integer, y integer)');
    expect(await migrate(database.kysely, 'sqlite', 6, [whole])).toEqual(['0001-a']);
  });

  it('a database that knows more than the program is not touched', async () => {
    const steps = [
      step('0001-a', 'create table a (x integer)'),
      step('0002-b', 'create table b (x integer)'),
    ];
    await migrate(database.kysely, 'sqlite', 5, steps);
    await expect(migrate(database.kysely, 'sqlite', 6, steps.slice(0, 1))).rejects.toThrow(
      'a later version of Casebook (it has 0002-b)',
    );
  });

  it('make the tables as better-auth expects them', async () => {
    await migrate(database.kysely, 'sqlite', 0);
    const { toBeCreated, toBeAdded } = await getMigrations({
      database: { db: database.kysely, type: 'sqlite' },
      telemetry: { enabled: false },
      // It would rather declare `date`, which to SQLite is a name without a meaning; the values are text.
      logger: { disabled: true },
    });
    expect({ toBeCreated, toBeAdded }).toEqual({ toBeCreated: [], toBeAdded: [] });
  });
});
