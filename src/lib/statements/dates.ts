import { datePart, sentence, type Sentence } from './sentence.ts';

type DateKind = 'day' | 'month' | 'year' | 'interval';

const dateKind = (edtf: string): DateKind => {
  if (edtf.includes('/')) return 'interval';
  return edtf.length > 7 ? 'day' : edtf.length > 4 ? 'month' : 'year';
};

/** The languages put different words before a day, a month and an interval, and around "about". */
function dateSentence(key: 'date.since' | 'date.on' | 'date.until', edtf: string): Sentence {
  const bare = edtf.replaceAll('~', '');
  return sentence(key, {
    about: bare === edtf ? 'no' : 'yes',
    kind: dateKind(bare),
    date: datePart(bare),
  });
}

/** "since November 2012", "depuis le 29 juin 2016". */
export const sinceDate = (edtf: string): Sentence => dateSentence('date.since', edtf);

/** "on 29 June 2016", "in November 2012", "some time in 14–17 July 2014". */
export const onDate = (edtf: string): Sentence => dateSentence('date.on', edtf);

/** "until 3 May 2016", "jusqu’en mai 2016". */
export const untilDate = (edtf: string): Sentence => dateSentence('date.until', edtf);
