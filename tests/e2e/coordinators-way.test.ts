import { readFileSync } from 'node:fs';
import { expect, test } from './setup.ts';

/** Points of an A4 page. */
const A4 = { width: 595, height: 842 };

/** CSS px between the margins of app.css. */
const PAPER = { width: 672, height: 990 };

const FINDING = {
  en: /since November 2012/,
  ar: /منذ تشرين الثاني/,
  fr: /depuis novembre 2012/,
};

test('a coordinator reads who waited, looks through a lens, settles 37 or 38, exports and reports', async ({
  server,
  words,
  newDevice,
}) => {
  const office = await newDevice('laptop');
  const { page } = office;
  const savedReport = async (): Promise<string> => {
    const waiting = page.waitForEvent('download');
    await page.locator('[data-action=html]').click();
    return readFileSync(await (await waiting).path(), 'utf8');
  };
  await page.goto(server.url);
  await office.button('welcome.look').click();
  await expect(page.getByText(words.t('example.banner')).first()).toBeVisible();

  await test.step('Access opens with the wait that Crossline exists for', async () => {
    await expect(page).toHaveURL(/\/access$/);
    await office.expectText(FINDING[words.locale]);
  });

  await test.step('another lens changes what is shown, and nothing of it is in the address', async () => {
    await page.locator('[data-action=lens]').click();
    await page.locator('[data-field=status]').selectOption('any');
    await expect(page.getByTestId('lens')).toContainText(words.t('lensBar.places.any'));
    await page.locator('[data-field=status]').selectOption('besieged');
    await page.locator('[data-field=compare]').selectOption('period');
    await expect(page.getByTestId('beside-second')).toBeVisible();
    await page.locator('[data-field=compare]').selectOption('nothing');
    await page.locator('[data-field=sector]').selectOption('FSC');
    expect(new URL(page.url()).search).toBe('');
    expect(
      await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage })),
    ).not.toMatch(/FSC|besieged|sector/);
    await page.getByRole('button', { name: words.t('lensBar.clear'), exact: true }).click();
  });

  await test.step('the chart goes out as a file whose name says nothing', async () => {
    const waiting = page.waitForEvent('download');
    await page
      .getByRole('button', { name: words.t('chart.saveAs', { format: 'CSV' }) })
      .first()
      .click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe('crossline-places-2016-06-30.csv');
    expect(readFileSync(await download.path(), 'utf8')).toContain('2012-11');
  });

  await test.step('37 or 38 trucks are settled', async () => {
    await page.getByRole('link', { name: words.t('nav.convoys'), exact: true }).click();
    await page
      .getByRole('link', { name: /Zamalka|زملكا/ })
      .first()
      .click();
    await office.expectText(/37/);
    // the digits are those of the screen's language
    await page.getByRole('button', { name: /38|٣٨/ }).first().click();
    await office.expectText(words.t('convoy.settled', { value: '38' }));
  });

  await test.step('a request with two places is kept', async () => {
    await page.getByRole('link', { name: words.t('nav.requests'), exact: true }).click();
    await page.locator('[data-action=new-request]').click();
    await page.locator('[data-field=authority]').fill('MoFA');
    await page.locator('[data-action=add-line]').click();
    const places = page.getByTestId('request-form').getByRole('combobox', {
      name: words.t('field.locality'),
      exact: true,
    });
    for (const [index, typed] of ['Duma', 'Madaya'].entries()) {
      await places.nth(index).fill(typed);
      await page.getByRole('listbox').getByRole('option').first().click();
    }
    await page
      .getByTestId('request-form')
      .getByRole('button', { name: words.t('entry.save', { device: 'other' }), exact: true })
      .click();
    await office.expectText('MoFA');
    await expect(page.locator('select[data-field=outcome]')).toHaveCount(2);
  });

  await test.step('the report is a printed page, in the language of its reader', async () => {
    await page.getByRole('link', { name: words.t('nav.report'), exact: true }).click();
    const report = page.getByTestId('report');
    await expect(report).toBeVisible();
    await page.getByRole('radio', { name: 'Français', exact: true }).check();
    await expect(report).toHaveAttribute('lang', 'fr');
    await expect(report).toContainText('depuis novembre 2012');
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const boxes = [
      ...pdf.toString('latin1').matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g),
    ];
    expect(boxes.length).toBeGreaterThan(1);
    for (const [, width, height] of boxes) {
      expect(Math.round(Number(width))).toBe(A4.width);
      expect(Math.round(Number(height))).toBe(A4.height);
    }
    await page.emulateMedia({ media: 'print' });
    // what would be cut off at the edge of the paper
    const wide = await page.evaluate(() => {
      const paper = document.querySelector('[data-testid=report]');
      const edge = paper?.getBoundingClientRect();
      if (!paper || !edge) return ['no report'];
      return [...paper.querySelectorAll('p, li, h2, h3, svg')]
        .filter((each) => {
          const { left, right } = each.getBoundingClientRect();
          return right > edge.right + 1 || left < edge.left - 1;
        })
        .map((each) => each.outerHTML.slice(0, 120));
    });
    expect(wide).toEqual([]);
    await expect(page.getByRole('navigation').first()).toBeHidden();
    // a picture that no page can hold would be cut between two
    const heights = await page.evaluate(
      ([paper]) => {
        document.documentElement.style.width = `${paper}px`;
        window.dispatchEvent(new Event('beforeprint'));
        return new Promise<number[]>((resolve) => {
          requestAnimationFrame(() => {
            const figures = [...document.querySelectorAll('[data-testid=report] figure')];
            resolve(figures.map((one) => Math.round(one.getBoundingClientRect().height)));
            window.dispatchEvent(new Event('afterprint'));
            document.documentElement.style.width = '';
          });
        });
      },
      [PAPER.width],
    );
    expect(heights.length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...heights)).toBeLessThan(PAPER.height);
    await page.emulateMedia({ media: 'screen' });
  });

  await test.step('as a web page it has its pictures inside', async () => {
    const html = await savedReport();
    expect(html).toContain('<meta charset="utf-8">');
    expect(html.match(/<img src="data:image\/png;base64,/g)?.length).toBeGreaterThanOrEqual(3);
    expect(html).toMatch(/alt="[^"]*depuis novembre 2012/);
  });
});
