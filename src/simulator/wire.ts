import { join } from "node:path";
import { Server, ServerCredentials, type ServiceDefinition } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import type { Handler, Request } from "./handlers.ts";

export type Serving = {
  readonly port: number;
  stop(): void;
};

/** Serves the calls on a free loopback port; `onShutdown` is called when Terraform is done. */
export async function serve(
  handlers: Readonly<Record<string, Handler>>,
  onShutdown: () => void,
): Promise<Serving> {
  // The catalogue of a whole cloud is larger than what gRPC takes by default.
  const server = new Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  server.addService(providerService(), Object.fromEntries(Object.entries(handlers).map(asCall)));
  server.addService(CONTROLLER, { Shutdown: shutdownCall(onShutdown) });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) {
        resolve(bound);
      } else {
        reject(error);
      }
    });
  });
  return { port, stop: () => server.forceShutdown() };
}

function providerService(): ServiceDefinition {
  const file = join(import.meta.dirname, "tfplugin5.proto");
  const loaded = loadSync(file, { keepCase: true, longs: Number, enums: String, defaults: false });
  const service = loaded["tfplugin5.Provider"];
  if (service === undefined || "format" in service) {
    throw new Error("The protocol file lacks the provider's service.");
  }
  return service;
}

type Call = { readonly request: Request };
type Callback = (error: Error | null, answer?: object) => void;

function asCall([name, handler]: [string, Handler]): [
  string,
  (call: Call, done: Callback) => void,
] {
  return [
    name,
    (call, done) => {
      Promise.resolve(call.request)
        .then(handler)
        .then(
          (answer) => done(null, answer),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
    },
  ];
}

/** A service of go-plugin, not of Terraform: without it each phase waits seconds for a kill. */
const CONTROLLER: ServiceDefinition = {
  Shutdown: {
    path: "/plugin.GRPCController/Shutdown",
    requestStream: false,
    responseStream: false,
    requestSerialize: () => Buffer.alloc(0),
    requestDeserialize: () => ({}),
    responseSerialize: () => Buffer.alloc(0),
    responseDeserialize: () => ({}),
  },
};

function shutdownCall(onShutdown: () => void): (call: Call, done: Callback) => void {
  return (_, done) => {
    done(null, {});
    onShutdown();
  };
}
