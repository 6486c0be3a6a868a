// c15t's backend as its documentation sets it up, on Node's own server: node c15t.mjs KIND WHERE
// KIND is sqlite (WHERE a file; write-ahead log, synchronous FULL) or postgresql (WHERE a URL).
import http from 'node:http';
import { c15tInstance } from '@c15t/backend';
import { kyselyAdapter } from '@c15t/backend/db/adapters/kysely';
import { migrator } from '@c15t/backend/db/migrator';
import { DB } from '@c15t/backend/db/schema';
import Database from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import pg from 'pg';

const [kind, where] = process.argv.slice(2);

function dialect() {
  if (kind === 'postgresql') {
    return new PostgresDialect({ pool: new pg.Pool({ connectionString: where, max: 20 }) });
  }
  const database = new Database(where);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  return new SqliteDialect({ database });
}

const adapter = kyselyAdapter({ db: new Kysely({ dialect: dialect() }), provider: kind });
const made = await migrator({ db: DB.client(adapter), schema: 'latest' });
await made?.execute?.();
const c15t = c15tInstance({
  appName: 'bench',
  basePath: '/',
  trustedOrigins: ['http://bench'],
  adapter,
  logger: { level: 'error' },
});

async function answer(request, response) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const asked = new Request(`http://bench${request.url}`, {
    method: request.method,
    headers: request.headers,
    body: parts.length ? Buffer.concat(parts) : undefined,
  });
  const answered = await c15t.handler(asked);
  const body = Buffer.from(await answered.arrayBuffer());
  response.writeHead(answered.status, {
    'content-type': 'application/json',
    'content-length': body.length,
  });
  response.end(body);
}

const server = http.createServer(answer);
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
