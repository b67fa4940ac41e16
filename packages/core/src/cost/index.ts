/** What a month of Trailbell costs, next to other ways. */
export { estimateCosts, total, type CostEstimate, type CostLine, type CostQuestion } from './cost-estimate.ts';
export { PRICES } from './prices.ts';
export { USAGE } from './usage.ts';
