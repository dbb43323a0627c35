import { createHash, timingSafeEqual } from 'node:crypto';
import { CompiledQuery } from 'kysely';
import { hashToken, randomToken } from '#lib/crypto/tokens.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Role } from '#lib/protocol/roles.ts';
import type { Clock } from '../clock.ts';
import { DAY } from '../clock.ts';
import { asked, type Ask } from '../store/gathering.ts';
import { prepared } from '../store/prepared.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Signer } from './signers.ts';

const TOKEN_DAYS = 45;
/** After a renewal the old tokens still hold for so long: its answer may have been lost. */
const GRACE = DAY;

/** Who calls: the device behind a bearer token. */
export interface Caller extends Signer {
  readonly operation: string;
  readonly scope: 'full' | 'push';
  readonly revokedAs: 'leaving' | 'lost' | null;
}

export type NotAuthorised =
  { readonly type: 'unauthorised' } | { readonly type: 'revoked'; readonly as: 'leaving' | 'lost' };

/** New tokens of a device. The server keeps their hashes alone. */
export async function issueTokens(
  tx: Tx,
  device: string,
  now: number,
): Promise<{ full: string; push: string }> {
  await tx
    .deleteFrom('tokens')
    .where('device', '=', device)
    .where('expiresAt', '<=', now)
    .execute();
  await tx
    .updateTable('tokens')
    .set({ expiresAt: now + GRACE })
    .where('device', '=', device)
    .where('expiresAt', '>', now + GRACE)
    .execute();
  const tokens = { full: randomToken(), push: randomToken() };
  const expiresAt = now + TOKEN_DAYS * DAY;
  await tx
    .insertInto('tokens')
    .values([
      { hash: await hashToken(tokens.full), device, scope: 'full', expiresAt },
      { hash: await hashToken(tokens.push), device, scope: 'push', expiresAt },
    ])
    .execute();
  return tokens;
}

/**
 * The device behind an `Authorization: Bearer` header. One that was revoked as lost is told so, and
 * nothing else; one that is leaving may still hand in its queue.
 */
export async function authorise(
  store: Store,
  header: string | null,
  clock: Clock,
): Promise<Result<Caller, NotAuthorised>> {
  const token = /^Bearer ([A-Za-z0-9_-]{20,100})$/.exec(header ?? '')?.[1];
  if (!token) return err({ type: 'unauthorised' });
  const hash = createHash('sha256').update(token).digest('base64url');
  const row = await findToken(store, hash);
  if (!row || !isSame(row.hash, hash) || row.expiresAt <= clock()) {
    return err({ type: 'unauthorised' });
  }
  if (row.revokedAs === 'lost') return err({ type: 'revoked', as: 'lost' });
  return ok({
    device: row.id,
    member: row.member,
    operation: row.operation,
    role: row.role as Role,
    signKey: row.signKey,
    scope: row.scope,
    isRevoked: row.revokedAs !== null,
    revokedAs: row.revokedAs,
  });
}

interface TokenRow {
  readonly hash: string;
  readonly scope: 'full' | 'push';
  readonly expiresAt: number;
  readonly id: string;
  readonly member: string;
  readonly operation: string;
  readonly signKey: Uint8Array;
  readonly revokedAs: 'leaving' | 'lost' | null;
  readonly role: string;
}

const FOUND = `select "tokens"."hash", "tokens"."scope", "tokens"."expiresAt", "devices"."id", "devices"."member", "devices"."operation", "devices"."signKey", "devices"."revokedAs", "members"."role"
  from "tokens" inner join "devices" on "devices"."id" = "tokens"."device" inner join "members" on "members"."id" = "devices"."member"`;
/** On PostgreSQL those of many requests at once, each looked up by itself (docs/adr/0136). */
const FIND = {
  sqlite: `${FOUND} where "tokens"."hash" = ?`,
  postgres: `select "found".* from unnest($1::text[]) as "asked"("hash") cross join lateral (${FOUND} where "tokens"."hash" = "asked"."hash" offset 0) as "found"`,
} as const;

type FindToken = (hash: string) => Promise<TokenRow | undefined>;
const finders = new WeakMap<Store, FindToken>();

/** Asked with every request. */
function findToken(store: Store, hash: string): Promise<TokenRow | undefined> {
  const before = finders.get(store);
  if (before) return before(hash);
  const find = store.kind === 'postgres' ? asked(tokensByHash(store)) : oneByOne(store);
  finders.set(store, find);
  return find(hash);
}

function oneByOne({ db }: Store): FindToken {
  return async (hash) => {
    const { rows } = await db.executeQuery<TokenRow>(CompiledQuery.raw(FIND.sqlite, [hash]));
    return rows[0];
  };
}

function tokensByHash({ db }: Store): Ask<string, TokenRow | undefined> {
  const find = prepared(FIND.postgres);
  return async (hashes) => {
    const { rows } = await db.executeQuery<TokenRow>(CompiledQuery.raw(find, [hashes]));
    const byHash = new Map(rows.map((row) => [row.hash, row]));
    return hashes.map((hash) => byHash.get(hash));
  };
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
