/** `npm run build`: builds whatever the sources say now, also when nothing has changed. */
import { build } from './ensure-built.ts';

process.exitCode = build() ? 0 : 1;
