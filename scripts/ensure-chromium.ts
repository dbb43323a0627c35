/**
 * Installs Chromium, and a font with Arabic letters, with the system's package manager where they
 * are missing and this may be done without asking; otherwise says how, and fails.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromiumPath } from '../tests/support/chromium.ts';

const PACKAGES = ['chromium', 'fonts-noto-core'];
const HOW = [
  'The tests need Chromium. Install it, or name it in CHROMIUM_PATH. On Debian and Ubuntu:',
  `  sudo apt-get update && sudo apt-get install --no-install-recommends ${PACKAGES.join(' ')}`,
].join('\n');

if (chromiumPath() === undefined) install();

function install(): void {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (!existsSync('/usr/bin/apt-get') || !(sudo.length === 0 || runs([...sudo, 'true']))) {
    console.error(HOW);
    process.exit(1);
  }
  console.log('Installing Chromium with apt-get; this happens once.');
  const done =
    runs([...sudo, 'apt-get', 'update']) &&
    runs([...sudo, 'apt-get', 'install', '-y', '--no-install-recommends', ...PACKAGES]);
  if (done && chromiumPath() !== undefined) return;
  console.error(HOW);
  process.exit(1);
}

function runs([command = '', ...rest]: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, rest, { stdio: ['ignore', 'inherit', 'inherit'], env }).status === 0;
}
