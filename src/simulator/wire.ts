import { Server, ServerCredentials, type MethodDefinition } from "@grpc/grpc-js";
import type { Handler, Request } from "./handlers.ts";
import { CALLS } from "./protocol.ts";
import { decodeMessage, encodeMessage } from "./wire-codec.ts";

/** Serves the calls on a free loopback port; `onShutdown` is called when Terraform is done. */
export async function serve(
  handlers: Readonly<Record<string, Handler>>,
  onShutdown: () => void,
): Promise<number> {
  // The catalogue of a whole cloud is larger than what gRPC takes by default.
  const server = new Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  server.addService(
    Object.fromEntries(Object.keys(CALLS).map((name) => [name, definitionOf(name)])),
    Object.fromEntries(Object.entries(handlers).map(([name, handler]) => [name, asCall(handler)])),
  );
  server.addService({ Shutdown: SHUTDOWN }, { Shutdown: asCall(() => ended(onShutdown)) });
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) {
        resolve(port);
      } else {
        reject(error);
      }
    });
  });
}

type Call = { readonly request: Request };
type Done = (error: Error | null, answer?: object) => void;

function asCall(handler: Handler): (call: Call, done: Done) => Promise<void> {
  return async (call, done) => {
    try {
      done(null, await handler(call.request));
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  };
}

function ended(onShutdown: () => void): object {
  onShutdown();
  return {};
}

function definitionOf(name: string): MethodDefinition<Request, object> {
  const { request = {}, answer = {} } = CALLS[name] ?? {};
  return {
    ...UNARY,
    path: `/tfplugin5.Provider/${name}`,
    requestSerialize: () => Buffer.alloc(0),
    requestDeserialize: (bytes) => decodeMessage(request, bytes),
    responseSerialize: (value) => encodeMessage(answer, value),
    responseDeserialize: () => ({}),
  };
}

const UNARY = { requestStream: false, responseStream: false } as const;

/** A service of go-plugin, not of Terraform: without it each phase waits seconds for a kill. */
const SHUTDOWN: MethodDefinition<Request, object> = {
  ...UNARY,
  path: "/plugin.GRPCController/Shutdown",
  requestSerialize: () => Buffer.alloc(0),
  requestDeserialize: () => ({}),
  responseSerialize: () => Buffer.alloc(0),
  responseDeserialize: () => ({}),
};
