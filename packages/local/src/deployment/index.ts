export * from './create-tables.ts';
export * from './deployment.ts';
export * from './drive.ts';
export * from './failed-batch-queue.ts';
