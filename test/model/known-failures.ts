import { WHOLE_WORLD, type World } from './plan.ts';

/**
 * The world of the random runs. Alarms that ignore missing data are in the plans of found-plans.ts and not in the random ones: such
 * a stretch goes on until a sample ends it, so a copy that comes hours later can cut a stretch that was told in two, and then it is
 * undefined whether the first half was told. `ignore` means CloudWatch's alarm stays as it is; people use `notBreaching`.
 */
export const WORLD_FOR_NOW: World = { ...WHOLE_WORLD, keptStates: false };
