/** All example and threshold tests as one file: for mutation testing, which then loads everything once per mutant. */
import '../activity-level.spec.js';
import '../alarm-tables.spec.js';
import '../armed.spec.js';
import '../canary.spec.js';
import '../heart-rate.spec.js';
import '../lifecycle.spec.js';
import '../reducer.spec.js';
import '../registry.spec.js';
import '../silencing.spec.js';
import '../technical.spec.js';
import '../two-devices.spec.js';
import '../ward-alarms.spec.js';
import '../wavering.spec.js';
