/** What the quiet word about the network says. */
export type BadgeView =
  | { readonly kind: 'example' }
  | { readonly kind: 'all_sent'; readonly at: Date | null }
  | { readonly kind: 'only_here'; readonly count: number }
  | { readonly kind: 'attention'; readonly count: number };
