import { expect, test } from 'vitest';
import { filesOf } from '../../scripts/build-sizes.ts';

const manifest = {
  'nodes/0.js': { file: '0.js', imports: ['_a.js'], css: ['0.css'] },
  'nodes/2.js': { file: '2.js', imports: ['_a.js', '_b.js'] },
  '_a.js': { file: 'a.js', imports: ['_b.js'] },
  '_b.js': { file: 'b.js', imports: ['_a.js'], css: ['b.css'] },
  '_lazy.js': { file: 'lazy.js' },
};

test('sizes: what a page imports through others counts once, what it loads later does not', () => {
  expect([...filesOf(['nodes/0.js', 'nodes/2.js'], manifest)].sort()).toEqual(
    ['0.css', '0.js', '2.js', 'a.js', 'b.css', 'b.js'].sort(),
  );
});
