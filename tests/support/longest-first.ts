import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files of 10 s and more where nothing else runs, most of it waiting: no small file tells. */
const LONGEST = [
  "runner/state-backends",
  "journeys/slow-clients",
  "runner/recovery",
  "faults/crash-sample",
  "journeys/many-workers",
  "journeys/api",
  "journeys/other-cloud",
  "journeys/forms",
  "runner/worker",
  "simulator/life",
  "journeys/outsider",
];

/** None of them begins last, alone beside an idle core; the others come as they always do. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    function rank({ moduleId }: TestSpecification): number {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/tests/${name}.test.ts`));
      return at === -1 ? LONGEST.length : at;
    }
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
