/** How much a chart or a screen has to show. */
export const AMOUNTS = ['empty', 'one', 'many', 'extreme'] as const;
export type Amount = (typeof AMOUNTS)[number];

/** The same numbers in every run. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

export const LONG_NAMES = [
  [
    'Kherbet Elma-Qulei’at al-Sharqiyah (Upper Quarter)',
    'خربة الماء – القليعات الشرقية (الحي الأعلى)',
  ],
  ['Az-Zabdani', 'الزبداني'],
  ['Moadamiyet al-Sham', 'معضمية الشام'],
] as const;
