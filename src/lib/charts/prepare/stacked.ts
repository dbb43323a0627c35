import { moved, type Scene } from './scene.ts';

/** Scenes of one width below each other, with `gap` px between them. */
export function stacked(scenes: readonly Scene[], gap = 0): Scene {
  const [first] = scenes;
  if (!first) throw new Error('there is nothing to stack');
  let top = 0;
  const placed = scenes.map((scene) => {
    const y = top;
    top += scene.height + gap;
    return {
      shapes: scene.shapes.map((shape) => moved(shape, 0, y)),
      targets: scene.targets.map((target) => ({ ...target, y: target.y + y })),
    };
  });
  return {
    width: first.width,
    rightToLeft: first.rightToLeft,
    height: top - gap,
    shapes: placed.flatMap(({ shapes }) => shapes),
    targets: placed.flatMap(({ targets }) => targets),
  };
}
