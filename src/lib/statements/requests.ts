import { ANSWERS, type Answer, type FunnelLine } from '#lib/domain/access/request-lines.ts';
import type { FunnelPeople } from '#lib/domain/access/request-people.ts';
import type { FunnelPeriod, FunnelStage, RequestFunnel } from '#lib/domain/access/requests.ts';
import { caveatSentence } from './caveats.ts';
import { boundsFigure, figureNumber, peopleOfBounds } from './figures.ts';
import { type Bounds, daysLength } from './length.ts';
import { datePart, listPart, type Part, sentence, type Sentence } from './sentence.ts';
import { vocabularyWord } from './vocabulary.ts';

/**
 * "In the plan for June 2016: 34 requests for access to a place, approved 23, delivered 18": the
 * title of the chart, of the last period that there is (indicator 6).
 */
export function findingOfRequests({ periods }: Pick<RequestFunnel, 'periods'>): Sentence {
  const last = periods[periods.length - 1];
  if (!last) return sentence('funnel.none');
  return sentence('funnel.finding', {
    plan: planOf(last),
    requests: requestsCounted(last.requested.lines),
    approved: numberOf(approvedLines(last)),
    delivered: numberOf(last.delivered.lines),
  });
}

/** One period of the funnel whole: asked, answered, departed, delivered, and what gives no number. */
export function funnelSentences(found: FunnelPeriod): readonly Sentence[] {
  const { requested, departed, delivered, approvedPeople, notSubmitted } = found;
  const sentences = [askedSentence(found)];
  const answers = ANSWERS.filter((answer) => found.answers[answer].lines[1] > 0);
  if (answers.length > 0) {
    const items = answers.map((answer) => answerSentence(answer, found.answers[answer]));
    sentences.push(sentence('funnel.answers', { answers: listPart(items) }));
  }
  const approved = peoplePart(approvedPeople);
  if (approved) sentences.push(sentence('funnel.approvedPeople', { people: approved }));
  sentences.push(
    sentence('funnel.journey', {
      departed: numberOf(departed.lines),
      delivered: numberOf(delivered.lines),
    }),
  );
  for (const measure of ['reached', 'intended'] as const) {
    const people = peoplePart(found[measure]);
    if (people) sentences.push(sentence(`funnel.${measure}`, { people }));
  }
  const { withoutNumber } = requested.people;
  if (withoutNumber > 0) {
    const count = requested.lines[1];
    sentences.push(sentence('funnel.withoutNumber', { without: withoutNumber, count }));
  }
  if (notSubmitted.length > 0) {
    sentences.push(sentence('funnel.notSubmitted', { count: notSubmitted.length }));
  }
  return sentences;
}

/** How long answers took, the middle one of them; null: none has both of its dates. */
export function findingOfAnswers({
  medianDays,
  answerTimes,
}: Pick<RequestFunnel, 'medianDays' | 'answerTimes'>): Sentence | null {
  if (!medianDays) return null;
  return sentence('funnel.answerDays', {
    count: answerTimes.length,
    length: daysLength(medianDays),
  });
}

/** The funnel whole: each period, then how long answers took and what has none (indicator 6). */
export function requestsSentences(found: RequestFunnel): readonly Sentence[] {
  if (found.periods.length === 0) return [sentence('funnel.none')];
  const sentences = found.periods.flatMap((period) => funnelSentences(period));
  const answers = findingOfAnswers(found);
  if (answers) sentences.push(answers);
  if (found.unansweredRequests.length > 0) {
    sentences.push(sentence('funnel.unanswered', { count: found.unansweredRequests.length }));
  }
  if (found.householdSize !== null) {
    sentences.push(sentence('reachCaveat.household_size', { size: found.householdSize }));
  }
  return [...sentences, ...requestCaveatSentences(found.lines)];
}

const COUNTED_CAVEATS = ['undated_answer', 'undated_convoy', 'disputed_status'] as const;

/** What has to be said beside these requests: dates once, the rest by how many it is true of. */
export function requestCaveatSentences(
  lines: readonly Pick<FunnelLine, 'caveats'>[],
): readonly Sentence[] {
  const sentences: Sentence[] = COUNTED_CAVEATS.flatMap((type) => {
    const count = lines.filter(({ caveats }) => caveats.some((one) => one.type === type)).length;
    return count > 0 ? [sentence(`requestCaveat.${type}`, { count })] : [];
  });
  const dated = new Map<string, Sentence>();
  for (const caveat of lines.flatMap(({ caveats }) => caveats)) {
    if (caveat.type !== 'straddles_as_of' && caveat.type !== 'approximate_date') continue;
    dated.set(JSON.stringify(caveat), caveatSentence(caveat));
  }
  return [...sentences, ...dated.values()];
}

/** How a line of a request stands: the outcome that was given, or why there is none. */
export function answerWord(answer: Answer): Part {
  switch (answer) {
    case 'awaiting':
    case 'outcome_unknown':
    case 'unrecorded':
      return sentence(`funnel.${answer}`);
    default:
      return vocabularyWord('requestOutcome', answer);
  }
}

function askedSentence(found: FunnelPeriod): Sentence {
  const values = { plan: planOf(found), requests: requestsCounted(found.requested.lines) };
  const people = peoplePart(found.requested.people);
  return people
    ? sentence('funnel.askedPeople', { ...values, people })
    : sentence('funnel.asked', values);
}

function answerSentence(answer: Answer, { lines, people }: FunnelStage): Sentence {
  const values = { answer: answerWord(answer), lines: numberOf(lines) };
  const asked = peoplePart(people);
  return asked
    ? sentence('funnel.answerPeople', { ...values, people: asked })
    : sentence('funnel.answer', values);
}

/** Approved in full, in part or conditionally, from the least to the most it can be. */
const approvedLines = ({ answers }: FunnelPeriod): Bounds => {
  const approved = ANSWERS.filter((answer) => answer.startsWith('approved_'));
  const sum = (end: 0 | 1): number =>
    approved.reduce((total, answer) => total + answers[answer].lines[end], 0);
  return [sum(0), sum(1)];
};

const planOf = ({ period }: FunnelPeriod): Sentence =>
  sentence('funnel.plan', { period: datePart(period) });

const numberOf = (bounds: Bounds): Part => figureNumber(boundsFigure(bounds));

const requestsCounted = (lines: Bounds): Sentence =>
  sentence(lines[0] === lines[1] ? 'unit.requests' : 'figure.of.requests', {
    count: lines[1],
    figure: numberOf(lines),
  });

/** "about" where a number in the sum is about right or a bound; null where nothing gives one. */
function peoplePart({ people, isLoose }: FunnelPeople): Part | null {
  if (!people) return null;
  const words = peopleOfBounds(people);
  return isLoose ? sentence('figure.about', { number: words }) : words;
}
