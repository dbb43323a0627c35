/** `npm run build`: builds whatever the sources say now, also when nothing has changed. */
import { buildAnew } from './ensure-built.ts';

process.exitCode = (await buildAnew()) ? 0 : 1;
