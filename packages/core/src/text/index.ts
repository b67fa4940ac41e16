export { replaceUnseen } from './replace-unseen.ts';
