/**
 * `ReturnValuesOnConditionCheckFailure`, which dynalite does not know: with ALL_OLD a failed condition brings the item it failed on.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html
 */
import database from 'dynalite/db/index.js';
import deleteItem from 'dynalite/validations/deleteItem.js';
import putItem from 'dynalite/validations/putItem.js';
import updateItem from 'dynalite/validations/updateItem.js';

const PARAMETER = 'ReturnValuesOnConditionCheckFailure';

/**
 * Teaches dynalite the parameter, once a process. The item is the one that dynalite compared, under its lock, so no write can
 * come between the comparison and the answer.
 */
export function teachConditionFailureItem(): void {
  if (PARAMETER in updateItem.types) return;
  for (const { types } of [putItem, updateItem, deleteItem]) {
    types[PARAMETER] = { type: 'String', enum: ['ALL_OLD', 'NONE'] };
  }
  const { checkConditional } = database;
  database.checkConditional = (request, existingItem) => {
    const failure = checkConditional(request, existingItem);
    if (failure && existingItem !== undefined && request[PARAMETER] === 'ALL_OLD') failure.body.Item = existingItem;
    return failure;
  };
}
