/* The worker of this overlay: a worker keeps only what lies beside it, so each overlay has its own. */
"use strict";

importScripts("../shared/worker.js");
