import { suiteFolder } from '../test-model'
import { runCalico } from './calico'
import { runCilium } from './cilium'
import { runCyclonus } from './cyclonus'
import { runE2e } from './k8s-e2e'
import { runLabels } from './k8s-labels'
import { runValidation } from './k8s-validation'
import { runRecipes } from './recipes'
import { runPolicyAssistant } from './policy-assistant'
import type { SuiteResult } from './suite'
import { runTopology } from './topology'

export type Suite = {
  /** Its folder among the shared policy data. */
  readonly name: string
  readonly about: string
  readonly run: (folder: string) => SuiteResult
  /** How many statements must agree; the rest is explained in `deviations`. */
  readonly agrees: number
  readonly deviations?: string
  /** What the lines look like that may differ. */
  readonly mayDiffer?: RegExp
}

/** Third-party suites that the engine is held against. */
export const suites: readonly Suite[] = [
  { name: 'cyclonus', about: 'NetworkPolicy verdicts, each side and both', run: runCyclonus, agrees: 123_669 },
  { name: 'k8s-e2e-netpol', about: 'NetworkPolicy reachability', run: runE2e, agrees: 711 },
  {
    name: 'policy-assistant',
    about: 'NetworkPolicy and AdminNetworkPolicy, each side',
    run: runPolicyAssistant,
    agrees: 1_392,
    deviations: 'eight cells of a pod to itself, which the tables leave at the default of their case',
    mayDiffer: / (\S+) → \1 /,
  },
  { name: 'recipes', about: 'NetworkPolicy recipes', run: runRecipes, agrees: 31 },
  { name: 'k8s-validation', about: 'NetworkPolicies to accept and refuse', run: runValidation, agrees: 45 },
  { name: 'calico', about: 'selectors, HTTP and address matches', run: runCalico, agrees: 253 },
  { name: 'cilium', about: 'denials beside allows, policy maps of scripts', run: runCilium, agrees: 507 },
  {
    name: 'cluster-topology-analyzer',
    about: 'suggestions, compared as connectivity',
    run: runTopology,
    agrees: 2_190,
    deviations: 'two connections of a workload without labels, whom only a policy for its whole namespace could select',
    mayDiffer: / openshift-operator-lifecycle-manager\/collect-profiles\[CronJob\] → /,
  },
  { name: 'k8s-labels', about: 'label selectors', run: runLabels, agrees: 46 },
]

export const foldersOf = () => suites.map((suite) => ({ suite, folder: suiteFolder(suite.name) }))
