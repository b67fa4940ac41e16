// First step of every npm script: on a Node too old for the project, say so in one line and stop.
import { isRecentEnough, tooOldMessage } from './project-node.js';

if (!isRecentEnough()) {
  console.error(tooOldMessage());
  process.exit(1);
}
