import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import chromium from '@sparticuz/chromium';
import { backtest } from '@trailbell/cli/backtest/backtest';
import { compareResults } from '@trailbell/cli/backtest/compare-results';
import { judgeExpectations } from '@trailbell/cli/backtest/expectations';
import { reportData } from '@trailbell/cli/report/report-data';
import { reportPage } from '@trailbell/cli/report/report-page';
import { compileRules, loadRules } from '@trailbell/core/rule';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import type { CloudTrailRecord } from './a-month.ts';

export interface OpenReport extends AsyncDisposable {
  readonly page: Page;
  /** Everything that the console said, and every error. */
  readonly said: readonly string[];
  /** What the page asked for besides itself. */
  readonly requests: readonly string[];
}

export function startBrowser(): Promise<Browser> {
  return chromium
    .executablePath()
    .then((executablePath) => puppeteer.launch({ args: chromium.args, executablePath, headless: 'shell' }));
}

/** Backtests the rules over the records, against others where some are given, and returns where the report lies. */
export async function writeReport(
  ruleTexts: readonly string[],
  records: readonly CloudTrailRecord[],
  others?: { readonly against: string; readonly ruleTexts: readonly string[] },
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'trailbell-report-'));
  const archive = join(folder, 'archive.jsonl');
  writeFileSync(archive, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const rules = rulesIn(ruleTexts);
  const resultOf = (used: typeof rules) =>
    backtest({ compiled: compileRules(used, { version: 1 }), paths: [archive], threads: 1 });
  const result = await resultOf(rules);
  const comparison = others && {
    against: others.against,
    difference: compareResults(result, await resultOf(rulesIn(others.ruleTexts))),
  };
  const expectations = judgeExpectations(rules, result.rules);
  const file = join(folder, 'report.html');
  const madeAtMs = Date.UTC(2026, 2, 30, 8);
  writeFileSync(
    file,
    await reportPage(reportData({ result, expectations, madeAtMs, ...(comparison && { comparison }) })),
  );
  return file;
}

function rulesIn(texts: readonly string[]) {
  const { rules } = loadRules(texts.map((text, index) => ({ path: `rules-${index}.yaml`, text })));
  return rules.map((rule) => ({ ...rule, mode: 'page' as const }));
}

/** @param drawn what is there when the page is whole: the charts are drawn once it knows how wide it is */
export async function openReport(browser: Browser, file: string, drawn = '.mark'): Promise<OpenReport> {
  const page = await browser.newPage();
  const url = pathToFileURL(file).href;
  const said: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('request', (request) => {
    if (request.url() !== url) requests.push(request.url());
  });
  await page.setViewport({ width: 1180, height: 900 });
  await page.goto(url);
  await page.waitForSelector(drawn);
  return { page, said, requests, [Symbol.asyncDispose]: () => page.close() };
}
