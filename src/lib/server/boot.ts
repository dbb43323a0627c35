import { prepareOperations } from './people/operations.ts';
import { createServer, type Server } from './server.ts';
import { readSettings } from './settings.ts';

let running: Promise<Server> | undefined;

/** Opens the store, makes what an empty one lacks, and returns the owner invite that is still open. */
export async function boot(): Promise<{ firstInviteToken?: string }> {
  running ??= createServer(readSettings(process.env));
  const server = await running;
  const [token] = await prepareOperations(server.store, server.keys, server.clock());
  return token === undefined ? {} : { firstInviteToken: token };
}

/** The server of this process, once it has booted. */
export function theServer(): Promise<Server> {
  if (!running) throw new Error('the server has not booted');
  return running;
}

/** The address that an invite opens; the token stands in the fragment, which no server ever sees. */
export function inviteLink(origin: string, token: string): string {
  return `${origin}/join#${token}`;
}
