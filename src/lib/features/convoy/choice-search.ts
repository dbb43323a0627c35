/** One thing on record that a typed name may mean. */
export interface ChoiceHit {
  readonly id: string;
  readonly name: string;
  /** The name in another script, or what else tells it apart. */
  readonly beside?: { readonly text: string; readonly lang?: string };
  /** It certainly is the one that was typed; everything looser is an offer. */
  readonly isCertain: boolean;
}

export type SearchChoices = (text: string) => readonly ChoiceHit[];
