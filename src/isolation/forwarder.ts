import { connect, createServer } from "node:net";
import { pipeline } from "node:stream";

// Runs inside a run's sandbox, as a copy that Node starts without compiling it: no types, and no
// imports but Node's. It carries every connection to the listening socket at descriptor 3 to the
// unix socket in its argument; while nobody listens there, connections end at once and are retried.
const [, , socket = ""] = process.argv;

createServer({ allowHalfOpen: true }, (inside) => {
  const outside = connect({ path: socket, allowHalfOpen: true });
  pipeline(inside, outside, inside, () => {
    inside.destroy();
    outside.destroy();
  });
}).listen({ fd: 3 });
