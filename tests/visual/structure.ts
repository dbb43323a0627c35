/** What runs inside the page: what has to be true of a picture on every machine, whatever its fonts. */

/** Smaller text than this nobody reads in the sun; 12 is for the unit of a number alone. */
export const SMALLEST_TEXT = 12;

/**
 * What is wrong with what the page shows, a line each: nothing drawn, wider than the screen, a
 * word outside its chart, text too small to read.
 */
export function problemsIn(smallest: number): string[] {
  const problems: string[] = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    problems.push(`wider than the screen by ${root.scrollWidth - root.clientWidth} px`);
  }
  if ((document.body.textContent ?? '').trim().length < 10) problems.push('nothing is drawn');
  for (const image of document.querySelectorAll('svg')) {
    const frame = image.getBoundingClientRect();
    if (frame.width === 0) continue;
    for (const word of image.querySelectorAll('text')) {
      const box = word.getBoundingClientRect();
      const over = Math.max(frame.left - box.left, box.right - frame.right, frame.top - box.top);
      if (over > 3)
        problems.push(`outside its chart by ${over.toFixed(0)} px: ${word.textContent}`);
    }
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = (node.textContent ?? '').trim();
    const parent = node.parentElement;
    if (text === '' || !parent || parent.closest('script, style, [hidden]')) continue;
    const size = Number.parseFloat(getComputedStyle(parent).fontSize);
    if (size < smallest) problems.push(`${size} px: ${text.slice(0, 40)}`);
  }
  return [...new Set(problems)];
}
