import { adviceFor } from "./advice.ts";
import { refusedBy } from "./advising.ts";
import { isSimulated } from "./cloud-kind.ts";
import type { Deployment } from "./deployment.ts";
import { withRegion } from "./filling.ts";
import { checkRequest, createdStep, refusedUpstream, refusedVars } from "./requesting.ts";
import type { Asked, Request, ServiceParts } from "./service.ts";
import { usualRegion } from "./usual-region.ts";
import { isRefusal, type Refusal } from "#text/refusal.ts";

/** Makes a deployment with status `created`, unless its values or its place are refused. */
export async function create(
  parts: ServiceParts,
  asked: Asked,
  request: Request,
): Promise<Deployment | Refusal> {
  const checked = checkRequest(parts.catalogue, asked.by, request);
  if (isRefusal(checked)) {
    return checked;
  }
  const { module, team } = checked;
  const usual = usualRegion(parts.policy.current(), module, team);
  const wanted = { ...request, vars: withRegion(module, request.vars, usual) };
  const refused =
    (await refusedValues(parts, asked, { ...checked, request: wanted })) ??
    (await refusedUpstream(parts, asked.by, { module, vars: wanted.vars }));
  if (refused !== null) {
    return refused;
  }
  const { ids, stateBackend } = parts;
  const simulated = isSimulated(module.cloud, parts);
  const making = { ids, now: parts.clock(), stateBackend, simulated };
  const step = createdStep(asked, wanted, { ...checked, ...making, places: [] });
  const places = asked.place === null ? parts.placesOf(step.deployment.id) : [asked.place];
  const placed = { ...step, deployment: { ...step.deployment, places } };
  return parts.deployments.create(placed, asked.requestKey);
}

type Checked = Exclude<ReturnType<typeof checkRequest>, Refusal>;

/** A place that may not be comes first: with it in doubt, the other values mean little. */
async function refusedValues(
  parts: ServiceParts,
  asked: Asked,
  { module, team, environment, request }: Checked & { readonly request: Request },
): Promise<Refusal | null> {
  const { name, vars } = request;
  const requester = asked.by.person;
  const simulated = isSimulated(module.cloud, parts);
  const subject = { id: null, name, environment, team, requester, simulated, module, vars };
  const advice = await adviceFor(parts, asked.by, subject);
  return refusedBy(advice, refusedVars(parts.catalogue, module, { vars, name, environment }));
}
