/**
 * Loaded into each function that the emulator runs: connections to the receiver's name go to a port of loopback. The functions
 * deliver to public addresses only, and no test may depend on one.
 */
import { Socket } from 'node:net';

const { RECEIVER_HOST, RECEIVER_PORT } = process.env;
const connect = Socket.prototype.connect;

Socket.prototype.connect = function connectOrReroute(...given) {
  // Node's own agents hand over the normalized arguments, as one list.
  const normalized = Array.isArray(given[0]) ? given[0] : given;
  const [options] = normalized;
  if (RECEIVER_HOST !== undefined && options?.host === RECEIVER_HOST) {
    options.host = '127.0.0.1';
    options.port = Number(RECEIVER_PORT);
    options.lookup = undefined;
  }
  return connect.apply(this, given);
};
