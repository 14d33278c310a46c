import type { ChangeId, DeploymentId } from "./ids.ts";
import type { Vars } from "./change.ts";
import type { Deployment, Environment, Place } from "./deployment.ts";
import type { Refusal } from "#text/refusal.ts";
import type { Lang } from "#text/wording.ts";
import type { Viewer } from "./viewer.ts";

/** What somebody asks for; `vars` may hold `region` besides the module's own variables. */
export type Request = {
  readonly name: string;
  readonly module: string;
  /** Refused when it is not the module's own cloud. */
  readonly cloud?: string;
  readonly environment?: Environment;
  readonly vars: Vars;
  readonly team?: string;
};

/** Where and how a use case was asked for. */
export type Asked = {
  readonly by: Viewer;
  readonly in: "chat" | "api";
  readonly lang: Lang;
  /** The thread it was asked in; null for the API. */
  readonly place: Place | null;
  /** Same key, same effect: a repeated request makes nothing new. */
  readonly requestKey: string | null;
};

export type Ballot = {
  readonly change: ChangeId;
  readonly decision: "approve" | "reject";
  readonly digest: string;
  readonly reason: string | null;
  readonly confirmName: string | null;
  readonly platform: string;
};

/** The use cases of deployments; every one answers the deployment as it is now, or a refusal. */
export interface DeploymentService {
  request(asked: Asked, request: Request): Promise<Deployment | Refusal>;
  /** Opens the change that the standing calls for: create, update or recover. */
  plan(asked: Asked, id: DeploymentId, vars: Vars): Promise<Deployment | Refusal>;
  askApproval(asked: Asked, id: DeploymentId): Promise<Deployment | Refusal>;
  vote(viewer: Viewer, id: DeploymentId, ballot: Ballot): Promise<Deployment | Refusal>;
  /** Answers the deployment whose open or last change carries the apply run. */
  apply(asked: Asked, id: DeploymentId): Promise<Deployment | Refusal>;
  destroy(asked: Asked, id: DeploymentId): Promise<Deployment | Refusal>;
  cancel(asked: Asked, id: DeploymentId): Promise<Deployment | Refusal>;
}
