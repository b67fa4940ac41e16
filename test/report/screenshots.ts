/** Draws the pictures of docs/backtest.md anew: `node test/report/screenshots.ts`. */
/// <reference lib="dom" />
import { join } from 'node:path';
import { aMonth } from './support/a-month.ts';
import { cisRules } from './support/cis-rules.ts';
import { openReport, startBrowser, writeReport } from './support/open-report.ts';

const FOLDER = new URL('../../docs/screenshots/', import.meta.url).pathname;

await using browser = await startBrowser();
const file = await writeReport(cisRules(), aMonth());
for (const theme of ['light', 'dark'] as const) {
  await using report = await openReport(browser, file);
  const { page } = report;
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
  await page.screenshot({
    path: join(FOLDER, `report-${theme}.png`),
    clip: { x: 0, y: 0, width: 1180, height: theme === 'light' ? 1430 : 870 },
    captureBeyondViewport: true,
  });
  if (theme === 'dark') continue;
  await page.setViewport({ width: 1180, height: 820 });
  await page.evaluate(() => {
    document.getElementById('rule-7')?.setAttribute('open', '');
  });
  const rule = await page.$('#rule-7');
  await rule?.screenshot({ path: join(FOLDER, 'report-rule.png') });
  await page.evaluate(() => {
    scrollTo(0, 0);
  });
  await page.click('.mark.critical');
  await page.screenshot({ path: join(FOLDER, 'report-incident.png') });
}
