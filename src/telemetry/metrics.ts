import { collectDefaultMetrics, Registry } from "prom-client";

export type Metrics = {
  readonly contentType: string;
  /** Everything measured, in Prometheus' text format. */
  text(): Promise<string>;
};

/** A registry of its own with Node's default metrics; one per process. */
export function openMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return { contentType: registry.contentType, text: () => registry.metrics() };
}
