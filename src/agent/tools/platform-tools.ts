import { about } from "./about.ts";
import { cancelDeployment } from "./cancel-deployment.ts";
import { checkDrift } from "./check-drift.ts";
import { createDeployment } from "./create-deployment.ts";
import { destroyDeployment } from "./destroy-deployment.ts";
import { getDeployment } from "./get-deployment.ts";
import { getLogs } from "./get-logs.ts";
import { help } from "./help.ts";
import { listDeployments } from "./list-deployments.ts";
import { listLessons } from "./list-lessons.ts";
import { listModules } from "./list-modules.ts";
import { myProgress } from "./my-progress.ts";
import { openForm } from "./open-form.ts";
import { openLesson } from "./open-lesson.ts";
import type { ToolParts } from "./parts.ts";
import { planDeployment } from "./plan-deployment.ts";
import type { Tool } from "./tool.ts";

/** Everything the agent can do. Nothing here votes, applies or unlocks, and nothing ever may. */
export function platformTools(parts: ToolParts): readonly Tool[] {
  return [
    createDeployment(parts),
    cancelDeployment(parts),
    destroyDeployment(parts),
    planDeployment(parts),
    openForm(parts),
    listModules(parts),
    getDeployment(parts),
    listDeployments(parts),
    getLogs(parts),
    checkDrift(parts),
    openLesson(parts),
    listLessons(parts),
    myProgress(parts),
    about(parts),
    help(),
  ];
}
