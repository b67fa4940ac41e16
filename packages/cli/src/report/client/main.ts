import type { ReportData } from '../report-data.ts';
import { buildPage } from './page.ts';

const data = document.getElementById('data')?.textContent ?? '{}';
document.body.append(...buildPage(JSON.parse(data) as ReportData));
