/// <reference lib="dom" />
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import axe from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aMonth, type CloudTrailRecord } from './support/a-month.ts';
import { cisRules } from './support/cis-rules.ts';
import { HOSTILE_RULE, HOSTILE_TEXTS, hostileRecords } from './support/hostile-records.ts';
import { openReport, startBrowser, writeReport } from './support/open-report.ts';

let browser: Browser;
let month: string;
let hostile: string;
beforeAll(async () => {
  [browser, month, hostile] = await Promise.all([
    startBrowser(),
    writeReport(cisRules(), aMonth()),
    writeReport([HOSTILE_RULE], hostileRecords()),
  ]);
});
afterAll(async () => {
  await browser.close();
  for (const file of [month, hostile]) rmSync(dirname(file), { recursive: true });
});

const textOf = (page: Page, selector: string) => page.$eval(selector, (found) => found.textContent);
const countOf = (page: Page, selector: string) => page.$$eval(selector, (found) => found.length);
const labelInFocus = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
const isDialogOpen = (page: Page) => page.$eval('dialog', (dialog) => dialog.open);

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: inPage } = globalThis as unknown as { readonly axe: typeof import('axe-core') };
    const result = await inPage.run(document);
    return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

test('the page says in figures what the backtest found, silently and without asking for anything', async () => {
  await using report = await openReport(browser, month);
  const { page } = report;
  expect(await textOf(page, 'h1')).toBe('What would have paged');
  expect(await textOf(page, 'header.page p')).toBe(
    '9,130 CloudTrail records in 1 file, 12 MB from 2026-03-02 to 2026-03-28',
  );
  expect(await page.$$eval('.figures dd', (found) => found.map(({ textContent }) => textContent))).toEqual([
    '100',
    '26.1',
    '12 of 15',
    '191',
  ]);
  expect(await countOf(page, '.mark')).toBe(100);
  expect(report.said).toEqual([]);
  expect(report.requests).toEqual([]);
});

test.each(['light', 'dark'] as const)(
  'axe finds nothing to object to in %s, with everything unfolded',
  async (theme) => {
    await using report = await openReport(browser, month);
    const { page } = report;
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
    await page.$$eval('details', (all) => {
      for (const each of all) each.open = true;
    });
    expect(await violations(page)).toEqual([]);
    await page.click('.mark');
    expect(await isDialogOpen(page)).toBe(true);
    expect(await violations(page)).toEqual([]);
  },
);

test('the switch chooses the colours whatever the system has', async () => {
  await using report = await openReport(browser, month);
  const { page } = report;
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await page.click('.theme label:nth-of-type(2)');
  const light = await background();
  expect(light).not.toBe(dark);
  await page.keyboard.press('ArrowRight');
  expect(await background()).toBe(dark);
  await page.keyboard.press('ArrowRight');
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
  expect(await background()).toBe(light);
});

test('the keyboard goes to the timeline with one Tab, along and across it with arrows, and opens an incident', async () => {
  await using report = await openReport(browser, month);
  const { page } = report;
  await page.focus('.controls button:last-child');
  await page.keyboard.press('Tab');
  const first = await labelInFocus(page);
  expect(first).toMatch(/^[a-z0-9-]+, (?:critical|error|warning|info), 2026-03-02 .* UTC, for .*, 1 match$/);
  await page.keyboard.press('ArrowRight');
  const second = await labelInFocus(page);
  expect(second).not.toBe(first);
  const ruleOf = (label: string | null | undefined) => label?.split(',')[0];
  expect(ruleOf(second)).toBe(ruleOf(first));
  await page.keyboard.press('Home');
  expect(await labelInFocus(page)).toBe(first);
  await page.keyboard.press('ArrowDown');
  expect(ruleOf(await labelInFocus(page))).not.toBe(ruleOf(first));
  await page.keyboard.press('ArrowUp');
  expect(ruleOf(await labelInFocus(page))).toBe(ruleOf(first));
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  expect(await isDialogOpen(page)).toBe(true);
  expect(await textOf(page, 'dialog dl dd')).toBe(ruleOf(first));
  await page.keyboard.press('Escape');
  expect(await isDialogOpen(page)).toBe(false);
  expect(await labelInFocus(page)).toBe(first);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SUMMARY');
});

test('an incident tells its sample events and the clause that matched, by the mouse as well', async () => {
  await using report = await openReport(browser, month);
  const { page } = report;
  await page.click('.mark.critical');
  expect(await textOf(page, '#incident-title')).toBe('The root user of an account was used');
  expect(await textOf(page, 'dialog .activity h4')).toMatch(/amazonaws\.com$/);
  expect(await textOf(page, 'dialog .activity code')).toContain('$.userIdentity.type = "Root"');
  await page.click('dialog .close');
  expect(await isDialogOpen(page)).toBe(false);
  await page.click('section .as-table summary');
  await page.click('section .as-table tbody tr:nth-child(3) button');
  expect(await isDialogOpen(page)).toBe(true);
});

test('zooming in shows fewer incidents, and all of them come back', async () => {
  await using report = await openReport(browser, month);
  const { page } = report;
  const press = (label: string) => page.locator(`.controls ::-p-text(${label})`).click();
  await press('Zoom in');
  const shown = await countOf(page, '.mark');
  expect(shown).toBeGreaterThan(0);
  expect(shown).toBeLessThan(100);
  await press('Later');
  await press('All');
  expect(await countOf(page, '.mark')).toBe(100);
});

test('a histogram has the threshold between the bins that breach and those that do not, and a table that says the same', async () => {
  await using report = await openReport(browser, month);
  const { page } = report;
  const drawn = await page.$eval('.rule:has([aria-label^="Who, unauthorized-api-calls"]) .histogram', (chart) => {
    const rects = [...chart.querySelectorAll('rect')];
    return {
      thresholdX: Number(chart.querySelector('.threshold')?.getAttribute('x1')),
      below: rects
        .filter((rect) => !rect.classList.contains('breaching'))
        .map((rect) => Number(rect.getAttribute('x'))),
      breaching: rects
        .filter((rect) => rect.classList.contains('breaching'))
        .map((rect) => Number(rect.getAttribute('x'))),
      rows: [...chart.querySelectorAll('tbody tr')].map((row) =>
        [...row.children].map(({ textContent }) => textContent),
      ),
    };
  });
  expect(Math.max(...drawn.below)).toBeLessThan(drawn.thresholdX);
  expect(Math.min(...drawn.breaching)).toBeGreaterThan(drawn.thresholdX);
  expect(drawn.rows.length).toBe(drawn.below.length + drawn.breaching.length);
  expect(drawn.rows.filter(([, , breaches]) => breaches === 'no').length).toBe(drawn.below.length);
});

test('a page of 320 pixels needs no scrolling to the side', async () => {
  await using report = await openReport(browser, month);
  const { page } = report;
  await page.setViewport({ width: 320, height: 700 });
  // The timeline is drawn anew when the page has its new width.
  await page.waitForFunction(() => (document.querySelector('.frame svg')?.clientWidth ?? Infinity) < 320);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

test('whatever events and rules contain is text: nothing of it runs, loads or moves anything', async () => {
  await using report = await openReport(browser, hostile);
  const { page } = report;
  expect(await textOf(page, '.rule-title')).toBe('Logging stopped </script><script>globalThis.wasRun = true</script>');
  const told: string[] = [];
  for (let at = 0; at < (await countOf(page, '.mark')); at++) {
    await page.evaluate((index) => {
      document.querySelectorAll('.mark')[index]?.dispatchEvent(new MouseEvent('click'));
    }, at);
    told.push(await textOf(page, 'dialog'));
    await page.keyboard.press('Escape');
  }
  expect(told).toHaveLength(6);
  for (const [index, text] of HOSTILE_TEXTS.entries()) expect(told[index]).toContain(text);
  const everything = await textOf(page, 'body');
  expect(['\u0007', '\u001b', '\u2028', '\u202e', '\u2066'].filter((unseen) => everything.includes(unseen))).toEqual(
    [],
  );
  expect(await countOf(page, 'img, b, body script:not(#data) ~ script')).toBe(0);
  expect(await page.evaluate(() => 'wasRun' in globalThis)).toBe(false);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1180);
  expect(await violations(page)).toEqual([]);
  expect(report.said).toEqual([]);
  expect(report.requests).toEqual([]);
});

test("the page's policy stops a script that is not its own, and any request", async () => {
  await using report = await openReport(browser, hostile);
  const { page } = report;
  const wasRun = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.wasRun = true';
    document.body.append(script);
    const image = new Image();
    const answered = new Promise((resolve) => {
      image.onload = resolve;
      image.onerror = resolve;
    });
    image.src = 'http://127.0.0.1:9/x.png';
    document.body.append(image);
    await answered;
    return 'wasRun' in globalThis;
  });
  expect(wasRun).toBe(false);
  expect(report.said.filter((text) => text.includes('Content Security Policy'))).toHaveLength(2);
});

test('a report against other rules tells what would newly page and what no longer, as text', async () => {
  const against = '<img src=x onerror=alert(1)>';
  const rule = (name: string, change = '') =>
    `name: ${name}\ntitle: ${name}\nseverity: error\nfilterPattern: '{ $.eventName = "StopLogging" }'\n${change}`;
  const file = await writeReport([rule('kept'), rule('new')], hostileRecords(), {
    against,
    ruleTexts: [rule('kept'), rule('gone', 'alarm: { period: 300, threshold: 1 }')],
  });
  await using report = await openReport(browser, file);
  const { page } = report;
  const told = await textOf(page, 'section[aria-labelledby="what-changes"]');
  expect(told).toContain(`under the rules of ${against}.`);
  const rulesOf = (caption: string) =>
    page.$$eval(`.scroll[aria-label="${caption}"] tbody td:nth-child(2)`, (cells) => [
      ...new Set(cells.map(({ textContent }) => textContent)),
    ]);
  expect(await rulesOf('Would newly page')).toEqual(['new']);
  expect(await rulesOf('Would no longer page')).toEqual(['gone']);
  expect(await countOf(page, 'img')).toBe(0);
  expect(await violations(page)).toEqual([]);
  expect([report.said, report.requests]).toEqual([[], []]);
  rmSync(dirname(file), { recursive: true });
});

test('a report without an incident says so, without complaints', async () => {
  const quiet = ['name: a\ntitle: A\nseverity: info\nfilterPattern: \'{ $.eventName = "Nothing" }\''];
  const file = await writeReport(quiet, aMonth().slice(0, 10), { against: 'main', ruleTexts: quiet });
  await using report = await openReport(browser, file, 'main');
  const { page } = report;
  expect(await textOf(page, 'section[aria-labelledby="when"]')).toContain('Nothing would have paged.');
  expect(await textOf(page, 'section[aria-labelledby="what-changes"]')).toContain('Would newly page: 0 incidents');
  expect(await violations(page)).toEqual([]);
  expect([report.said, report.requests]).toEqual([[], []]);
  rmSync(dirname(file), { recursive: true });
});

test('the corpus makes a report of bounded size, without complaints', async ({ skip }) => {
  const corpus = fileURLToPath(new URL('../../../shared/corpus/events.jsonl.gz', import.meta.url));
  if (!existsSync(corpus)) console.warn(`skipped: there is no corpus at ${corpus}`);
  skip(!existsSync(corpus), 'there is no corpus');
  const records = gunzipSync(readFileSync(corpus))
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { readonly event: CloudTrailRecord }).event);
  const file = await writeReport(cisRules(), records);
  expect(statSync(file).size).toBeLessThan(2_000_000);
  await using report = await openReport(browser, file);
  const { page } = report;
  expect(await countOf(page, '.mark')).toBeGreaterThan(10);
  expect(await violations(page)).toEqual([]);
  await page.click('.mark');
  expect(await isDialogOpen(page)).toBe(true);
  expect(report.said).toEqual([]);
  expect(report.requests).toEqual([]);
  rmSync(dirname(file), { recursive: true });
});
