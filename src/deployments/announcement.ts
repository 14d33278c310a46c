import type { ChangeId, DeploymentId, RunId } from "./ids.ts";

/** A card that a state change must bring to people; `bots/announcer` renders it for each place. */
export type Announcement = ChangeAnnouncement | DriftAnnouncement;
export type ChangeAnnouncement = {
  readonly deployment: DeploymentId;
  readonly change: ChangeId;
  readonly card: "progress" | "approval" | "reminder" | "escalation" | "report";
};
export type DriftAnnouncement = {
  readonly deployment: DeploymentId;
  readonly run: RunId;
  readonly card: "drift";
};
