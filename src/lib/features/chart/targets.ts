import type { Target } from '#lib/charts/prepare/scene.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The target under a point: the smallest where several lie there, of equal ones the nearest. */
export function targetAt(targets: readonly Target[], x: number, y: number): Target | undefined {
  const size = ({ width, height }: Target): number => width * height;
  const away = (target: Target): number =>
    Math.hypot(target.x + target.width / 2 - x, target.y + target.height / 2 - y);
  return targets
    .filter((one) => x >= one.x && x <= one.x + one.width && y >= one.y && y <= one.y + one.height)
    .sort((a, b) => size(a) - size(b) || away(a) - away(b))[0];
}

/**
 * The next target on the screen in a direction: the nearest one ahead, what lies aside counting
 * twice. The same one where nothing lies ahead.
 */
export function neighbourOf(
  targets: readonly Target[],
  from: Target,
  direction: Direction,
): Target {
  const isSideways = direction === 'left' || direction === 'right';
  const sign = direction === 'left' || direction === 'up' ? -1 : 1;
  const middle = ({ x, y, width, height }: Target) => [x + width / 2, y + height / 2] as const;
  const [fromX, fromY] = middle(from);
  let best = from;
  let least = Infinity;
  for (const target of targets) {
    if (target.id === from.id) continue;
    const [x, y] = middle(target);
    const ahead = sign * (isSideways ? x - fromX : y - fromY);
    const aside = Math.abs(isSideways ? y - fromY : x - fromX);
    if (ahead <= 0.5) continue;
    const distance = ahead + 2 * aside;
    if (distance < least) [best, least] = [target, distance];
  }
  return best;
}
