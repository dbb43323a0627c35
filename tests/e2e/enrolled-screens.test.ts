import { scanBytes } from '../support/byte-scan.ts';
import type { TeamWords } from '../support/small-team.ts';
import { expectNoProblems } from './accessible.ts';
import { beginEnrolledWay, ENROLLED_WAY, stillServer } from './enrolled-way.ts';
import { expect, test } from './setup.ts';

/** Words that stand nowhere in the program or its example: each hit is a leak. */
const MARKED: TeamWords = {
  self: 'Drobavtun',
  owner: 'Quorzimav',
  coordinator: 'Velqatrim',
  logger: 'Brunoxalt',
  note: 'Pelkivano',
  source: 'Hjemgavor',
  place: 'زظغقضث',
};
const WORDS = Object.values(MARKED);

test('every screen of who joined an operation holds WCAG 2.2 AA, by day and by night; who takes the phone then learns nothing', async ({
  words,
  newDevice,
}) => {
  const { device } = await newDevice('phone');
  await using server = stillServer();
  const person = await beginEnrolledWay(server, device, words, MARKED);
  const seen = new Set<string>();
  for (const { name, go } of ENROLLED_WAY) {
    await test.step(name, async () => {
      await go(person);
      const text = await person.app.text();
      for (const word of WORDS.filter((one) => text.includes(one))) seen.add(word);
      await expectNoProblems(person.page, name);
      expect.soft(await person.page.title(), name).toBe('Crossline');
      const { href } = new URL(person.page.url());
      for (const word of WORDS) expect.soft(decodeURIComponent(href), name).not.toContain(word);
    });
  }
  // a scan for what was never on a screen would find nothing whatever happened
  expect([...seen].sort()).toEqual([...WORDS].sort());
  const locked = await person.app.text();
  for (const word of WORDS) expect(locked).not.toContain(word);
  await device.close();
  expect(scanBytes(device.profile, WORDS)).toEqual([]);
});
