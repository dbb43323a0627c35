/** One chart of the gallery: `?chart=places&amount=many&locale=ar&theme=dark&table=1`. */
import { mount } from 'svelte';
import '../../src/app.css';
import { isLocale, directionOf, usualDigits } from '#lib/i18n/locales.ts';
import { countryOutline } from '#lib/features/map/outlines.ts';
import { Words } from '#lib/ui/words.svelte.ts';
import Gallery from './Gallery.svelte';
import { accessTo } from './gallery-access.svelte.ts';
import { type Amount, AMOUNTS } from './amounts.ts';
import { datasetFor } from './gallery-data.ts';

const wanted = new URLSearchParams(location.search);
const asked = wanted.get('locale');
const locale = isLocale(asked) ? asked : 'en';
const amount = AMOUNTS.find((each): each is Amount => each === wanted.get('amount')) ?? 'many';

const words = new Words();
await words.read({ locale, digits: usualDigits(locale) });
document.documentElement.lang = locale;
document.documentElement.dir = directionOf(locale);
document.documentElement.dataset['theme'] = wanted.get('theme') ?? 'light';

const dataset = datasetFor(amount);
mount(Gallery, {
  target: document.body,
  props: {
    words,
    name: wanted.get('chart') ?? 'places',
    dataset,
    access: await accessTo(dataset),
    asTable: wanted.has('table'),
    country: await countryOutline('SYR'),
  },
});
await document.fonts.ready;
document.documentElement.dataset['drawn'] = 'true';
