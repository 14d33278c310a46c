import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A Vault on loopback that makes credentials at these paths; as strict as the real one. */
export type FakeVault = AsyncDisposable & {
  readonly address: string;
  readonly token: string;
  /** Leases that are good now. */
  readonly leases: ReadonlySet<string>;
  /** Every credential it has ever made, in order: path and what it gave. */
  readonly made: readonly {
    readonly path: string;
    readonly data: Readonly<Record<string, string>>;
  }[];
  /** Sealed: it answers 503 to everything, as Vault does. */
  seal(sealed: boolean): void;
};

const TOKEN = "hvs.made-up-token-of-vault";

export async function openFakeVault(paths: readonly string[]): Promise<FakeVault> {
  const leases = new Set<string>();
  const made: { path: string; data: Record<string, string> }[] = [];
  let sealed = false;

  function make(path: string, response: ServerResponse): void {
    const n = made.length + 1;
    const isGoogle = path.startsWith("gcp/");
    const data: Record<string, string> = isGoogle
      ? { token: `ya29.made-up-${n}` }
      : { access_key: `AKIAVAULT${n}`, secret_key: `vault-secret-${n}` };
    const lease = isGoogle ? "" : `${path}/lease-${n}`;
    if (lease !== "") {
      leases.add(lease);
    }
    made.push({ path, data });
    send(response, 200, {
      request_id: `r-${n}`,
      lease_id: lease,
      renewable: lease !== "",
      lease_duration: 3600,
      data: isGoogle ? data : { ...data, security_token: null },
    });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? "").replace(/^\/v1\//, "");
    const body = await textOf(request);
    if (sealed) {
      send(response, 503, { errors: ["Vault is sealed"] });
    } else if (request.headers["x-vault-token"] !== TOKEN) {
      send(response, 403, { errors: ["permission denied"] });
    } else if (path === "sys/leases/revoke" && request.method === "PUT") {
      const { lease_id: lease } = JSON.parse(body);
      leases.delete(lease);
      response.writeHead(204).end();
    } else if (request.method === "GET" && paths.includes(path)) {
      make(path, response);
    } else {
      send(response, request.method === "GET" ? 404 : 405, { errors: [] });
    }
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  return {
    address: `http://127.0.0.1:${typeof bound === "object" ? bound?.port : ""}`,
    token: TOKEN,
    leases,
    made,
    seal: (now) => {
      sealed = now;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) {
    text += String(chunk);
  }
  return text;
}
