import type { Metered } from './metering-proxy.ts';
import type { Amounts } from './price-tables.ts';
import { LOG_BYTES_A_REQUEST, SCHEDULED, STANDING } from './workload.ts';

/** A measured operation. */
export interface Measured extends Metered {
  readonly document: string;
  /** CPU time of one request, in ms. */
  readonly cpuMs: number;
  /** The work of the streams' consumers after one mutation. */
  readonly streams?: Streamed;
}

/** The work of streams' consumers after one mutation. */
export interface Streamed extends Metered {
  readonly cpuMs: number;
  /** Functions that were invoked with a batch. */
  readonly invocations: number;
}

/** Memory of a function with a whole virtual CPU; a smaller one has a share. */
const MEGABYTES_A_CPU = 1_769;
/** Memory of the gateway and of talent, and of a function that reads a stream: serverless.yml. */
const MEGABYTES = 1_024;
const STREAM_MEGABYTES = 512;
/** Wait for one call of DynamoDB within a region. The calls of a request are counted as if each waited for the one before. */
const CALL_MS = 4;
const BYTES_A_GIGABYTE = 1_000_000_000;

/** Returns the ms that Lambda bills for a request: its CPU time at the function's share, and its waits. */
export const billedMs = ({ cpuMs, calls }: Measured) => cpuMs * (MEGABYTES_A_CPU / MEGABYTES) + calls * CALL_MS;

/** Returns what streams' consumers take after so many mutations. Reads of a stream by its functions cost nothing. */
export function streamAmountsOf(
  { calls, readUnits, writeUnits, cpuMs, invocations }: Streamed,
  times: number,
): Amounts {
  const ms = cpuMs * (MEGABYTES_A_CPU / STREAM_MEGABYTES) + calls * CALL_MS;
  return {
    readUnits: readUnits * times,
    writeUnits: writeUnits * times,
    gigabyteSeconds: (ms / 1_000) * (STREAM_MEGABYTES / 1_024) * times,
    invocations: invocations * times,
    logGigabytes: (LOG_BYTES_A_REQUEST * invocations * times) / BYTES_A_GIGABYTE,
  };
}

/** Returns what so many requests take of each unit. */
export function amountsOf(measured: Measured, times: number): Amounts {
  // The gateway waits for talent, so that both are billed.
  const functions = measured.reachedTalent ? 2 : 1;
  return {
    readUnits: measured.readUnits * times,
    writeUnits: measured.writeUnits * times,
    gigabyteSeconds: (billedMs(measured) / 1_000) * (MEGABYTES / 1_024) * functions * times,
    invocations: functions * times,
    apiRequests: times,
    logGigabytes: (LOG_BYTES_A_REQUEST * times) / BYTES_A_GIGABYTE,
  };
}

/** Returns what a stack takes without a request. */
export function standingAmounts(): Amounts {
  const { runs, ms, megabytes } = SCHEDULED;
  const { keys, secrets, alarms, storedGigabytes } = STANDING;
  return {
    invocations: runs,
    gigabyteSeconds: (runs * ms * megabytes) / (1_000 * 1_024),
    logGigabytes: (runs * LOG_BYTES_A_REQUEST) / BYTES_A_GIGABYTE,
    keys,
    secrets,
    alarms,
    storedGigabytes,
    recoverableGigabytes: storedGigabytes,
  };
}
