#!/usr/bin/env node
// Plain JavaScript that an old Node can read: it finds the Node that came with the install and starts the real command with it.
import { runWithProjectNode } from '../../../scripts/project-node.js';

await runWithProjectNode(new URL('../src/main.ts', import.meta.url), process.argv.slice(2));
