import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A server in a process of its own, which can be killed at any moment. */
export interface ServerProcess {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** The owner's invite, until it is used. */
  readonly token: string | null;
  /** SIGKILL: nothing is flushed, nothing is said goodbye to. */
  kill(): Promise<void>;
  /** As an operator stops it. */
  stop(): Promise<void>;
}

const START_MS = 20_000;

export async function startServerProcess(
  env: Readonly<Record<string, string>>,
  nodeOptions: readonly string[] = [],
): Promise<ServerProcess> {
  const child = spawn(
    process.execPath,
    [...nodeOptions, new URL('serve.ts', import.meta.url).pathname],
    {
      env: { ...process.env, CROSSLINE_LOG: 'silent', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const { url, token } = await readyLine(child);
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid ?? 0,
    token,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function readyLine(child: ChildProcess): Promise<{ url: string; token: string | null }> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error('the server did not start'));
    }, START_MS);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).once('line', (line) => {
      clearTimeout(timer);
      resolve(JSON.parse(line) as { url: string; token: string | null });
    });
  });
}
