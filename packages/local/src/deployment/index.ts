export * from './create-tables.ts';
export * from './deployment.ts';
export * from './drive.ts';
