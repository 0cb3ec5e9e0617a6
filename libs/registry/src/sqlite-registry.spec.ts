import { describeRegistryContract } from './testing/registry-contract.js';
import { newSqliteHarness } from './testing/sqlite-harness.js';

describeRegistryContract('SQLite', newSqliteHarness);
