import type { ConvoyView } from '#lib/client/state/views.ts';
import { type Reader, renderAlone } from '#lib/statements/render.ts';
import { convoyTitle } from '#lib/statements/results.ts';

/** A convoy as its title says it: "Zamalka and Arbin, 29 June 2016: 37 or 38 trucks, delivered". */
export function convoyText(convoy: ConvoyView['derived'] | undefined, reader: Reader): string {
  return convoy ? renderAlone(convoyTitle(convoy), reader) : reader.language.t('convoy.gone');
}
